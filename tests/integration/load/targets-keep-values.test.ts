import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { MappingInput } from '#contract/mapping';
import { describeEachServer, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { document, element, type LoadBench, loadBench, mappingOf, table } from '#tests/helpers/load-bench';
import { countLine, rejectLines } from '#tests/helpers/run-load';

const UUID = 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11';
const JSONS = ['{"a":1,"a":2}', '{"o":{"a":1,"a":2}}', '{"b":1.10,"a":[1e5,"a","a"]}', '[{"a":1},{"a":2}]', '"x"'];
const MOMENTS = ['2026-01-31', '2026-01-31 00:00:00', '2026-01-31T23:59:59.5', '2026-01-31 23:59:59.123456'];

/** Values at the edges of what other types hold, by the type that the mapping gives them. */
const SENT: Readonly<Record<string, readonly string[]>> = {
  text: [
    ...['abc', 'ab ', 'x '.repeat(2), 'é'.repeat(40), 'good', 'true', 'YES', UUID, `{${UUID}}`, 'deadbeef', 'QUI='],
    ...['007', '+5', '-0', '1,234', '1.50', '.5', '1e3', '5', '-1', '4294967295', '4294967296', '1.2345', '$1.239'],
    ...['9007199254740993', '0.1', '0.12345678901234567', '0.1234567890123456789', '10101', '101', '1250', '1200.0'],
    ...[
      ...MOMENTS,
      '2026-01-31 10:00:00.1234567',
      '2026-01-31 10:00:00+07',
      '12:00',
      '12:00:00.5+07',
      '10:00:00.1234567',
    ],
    ...['1.7 sec', '1 day 05:00:00', '00:00:01.1234567', '(1,2)', '(0.1234567890123456789,1)', '[1,5)', '10.0.0.1'],
    ...['[2026-01-01,2026-02-01)', '[2026-01-01 10:00,2026-01-02 11:00)', '[2026-01-01 10:00+07,2026-01-02 10:00+07)'],
    ...[...JSONS, '<a>b</a>', '{a,b}'],
  ],
  'varchar(30)': ['abc', 'ab ', '007', '1.50', '16777217', 'true', '1.7 sec', '10101'],
  'char(4)': ['ab', 'abcd', '007', '5'],
  smallint: ['32767', '-1', '007'],
  integer: ['16777217', '2147483647', '-16777219', '1', '0', '123456', '1250'],
  bigint: ['9007199254740993', '9223372036854775807', '16777217', '4294967296', '5'],
  'numeric(10,4)': ['99999.9999', '0.0001', '12.5', '-3', '100.0000', '1.005', '1250'],
  numeric: ['0.1234567890123456789', '1'.repeat(30), `0.${'0'.repeat(50)}1`, '16777216', '0.3', '1250.0'],
  real: ['0.1', '16777216', '1e-40', '3.4e38', '-1.5'],
  'double precision': [
    '0.1',
    '0.1234567',
    '1e300',
    '9007199254740993',
    '16777217',
    '5e-324',
    '1.005',
    '0.30000000000000004',
  ],
  boolean: ['true', 'f', '1'],
  date: ['2026-01-31', '0044-03-15'],
  time: ['23:59:59.999999', '12:00', '10:00:00.500'],
  timestamp: MOMENTS,
  'timestamp(0)': ['2026-01-31 10:00:00'],
  timestamptz: ['2026-01-31 23:59:59.123456+07', '2026-01-31 10:00:00Z'],
  uuid: [UUID],
  json: JSONS,
  jsonb: JSONS,
  bytea: ['deadbeef', '\\x00ff'],
  'text[]': ['abc', 'ab ', '007', '1.239', '1.7 sec', 'a"b\\c', '10101', '16777217'],
  'numeric[]': ['0.1', '1.239', '16777217', '12345.67', '1250'],
  'timestamp[]': ['2026-01-31 10:00:00.5', '2026-01-31'],
};

const TARGETS = [
  ...[
    'real',
    'double precision',
    'smallint',
    'integer',
    'bigint',
    'numeric',
    'numeric(10,2)',
    'numeric(5,-2)',
    'money',
  ],
  ...['name', '"char"', 'text', 'varchar(5)', 'char(4)', 'char(60)', 'bit(3)', 'bit varying(3)', 'bit varying'],
  ...['boolean', 'date', 'time', 'time(0)', 'timetz', 'timetz(0)', 'timestamp', 'timestamp(0)', 'timestamptz'],
  ...[
    'timestamptz(0)',
    'interval',
    'interval(0)',
    'interval day',
    'uuid',
    'json',
    'jsonb',
    'bytea',
    'oid',
    'point',
    'mood',
  ],
  ...['tenths', 'seconds', 'tsrange', 'daterange', 'int4range', 'inet', 'xml', 'text[]', 'varchar(3)[]', 'real[]'],
  ...['numeric(6,2)[]', 'money[]', 'interval(0)[]', 'bit varying(3)[]', 'timestamp(0)[]', 'name[]'],
];
const MAKE_TYPES = `create type mood as enum ('good', 'bad');
  create domain tenth as numeric(4,1); create domain tenths as tenth; create domain seconds as interval(0)`;

/** An exact decimal number as `digits`e`power`, or null for what is no number. */
function numberOf(text: string): string | null {
  const cleaned = text
    .replace(/^\((\$.*)\)$/, '-$1')
    .replace(/^(-?)\$(.*)$/, (_, sign, rest) => sign + rest.replaceAll(',', ''));
  const [found, sign = '', whole = '', fraction = '', power = '0'] =
    /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(cleaned) ?? [];
  if (found === undefined || whole + fraction === '') return null;
  const digits = (whole + fraction).replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  return kept === ''
    ? '0'
    : `${sign === '-' ? '-' : ''}${kept}e${Number(power) - fraction.length + digits.length - kept.length}`;
}

const isTextual = (type: string) => /^(text|varchar|char)/.test(type);

/** Whether what is read back from a column says what was sent, judged by the texts alone. */
function saysSame(sent: string, type: string, back: string, target: string): boolean {
  if (back === sent || type === target) return true;
  if (type.endsWith('[]')) return back === `{"${plainly(sent, type.slice(0, -2)).replace(/["\\]/g, '\\$&')}"}`;
  if (/^(text|varchar|name|"char"|xml|bit|mood)/.test(target)) return plainly(sent, type) === back;
  if (target.startsWith('char')) return sent === sent.trimEnd() && plainly(sent, type) === back;
  if (/^(real|double|smallint|integer|bigint|numeric|money|oid|tenths)/.test(target)) {
    const isCode = isTextual(type) && /^\+|^-?0\d|,\d{3}$/.test(sent);
    return !isCode && numberOf(sent) !== null && numberOf(sent) === numberOf(back);
  }
  if (target === 'boolean') return back === String(/^(true|t|yes|y|on|1)$/i.test(sent));
  if (target === 'uuid') return sent.replace(/[{}]/g, '').toLowerCase() === back;
  if (target.startsWith('json')) {
    return (
      !/"a":1,"a"/.test(sent) &&
      JSON.stringify(sorted(JSON.parse(plainly(sent, type)))) === JSON.stringify(sorted(JSON.parse(back)))
    );
  }
  if (target === 'bytea') {
    const isBytes = isTextual(type) || type === 'bytea';
    return isBytes && [`\\x${sent.toLowerCase()}`, `\\x${Buffer.from(sent, 'base64').toString('hex')}`].includes(back);
  }
  if (target === 'point') return `(${sent})` === back;
  // Between 1 and 2 there is no whole number.
  if (target === 'int4range') return sent === '(1,2)' && back === 'empty';
  if (target === 'inet') return `${sent}/32` === back;
  return saysSameMoment(sent, back, target);
}

/** The text that a value of the mapping's type is. */
function plainly(sent: string, type: string): string {
  if (type === 'boolean') return String(/^(true|t|1)$/.test(sent));
  if (type === 'uuid') return sent.toLowerCase();
  if (type === 'bytea') return `\\x${sent.replace('\\x', '')}`;
  if (type.startsWith('timestamp')) {
    const spaced = sent
      .replace('T', ' ')
      .replace(/Z$/, '+00')
      .replace(/^(\S{10})$/, '$1 00:00:00');
    return type === 'timestamptz' ? `${spaced}:00` : spaced;
  }
  if (type === 'time') return sent.replace(/^(\d\d:\d\d)$/, '$1:00');
  return sent;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([key, inner]) => [key, sorted(inner)])
    .sort();
}

/** Every number of the sent moment must stand in what is read back, which may only say more: zeros, and a zone. */
function saysSameMoment(sent: string, back: string, target: string): boolean {
  if (target.startsWith('timestamptz')) return momentOf(sent) === momentOf(back);
  const numbers = (text: string) => (text.match(/\d+(\.\d+)?/g) ?? []).map((one) => numberOf(one));
  const zeros = (list: (string | null)[]) => list.filter((one) => one !== '0');
  const isZoned = /[-+]\d{2}$/.test(sent.slice(10)) || sent.endsWith('Z');
  if (isZoned && !target.startsWith('timetz')) return false;
  const [ours, theirs] = [zeros(numbers(sent)), zeros(numbers(back))];
  return ours.every((one, at) => one === theirs[at]);
}

function momentOf(text: string): string {
  const [, day, time = '00:00:00', fraction = '', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)[ T]?(\d\d:\d\d:\d\d)?\.?(\d+)?(Z|[-+]\d\d)?$/.exec(text) ?? [];
  return `${Date.parse(`${day}T${time}${zone.length === 3 ? `${zone}:00` : zone}`)}.${fraction.replace(/0+$/, '')}`;
}

interface Kept {
  readonly id: number;
  readonly back: string | null;
  readonly list: readonly (string | null)[] | null;
}

async function keptIn({ query }: TestDatabase, at: number, target: string): Promise<Kept[]> {
  const list = target.endsWith('[]') ? 'v::text[]' : 'null::text[]';
  return query<Kept & Record<string, unknown>>(`select id, v::text as back, ${list} as list from t${at} order by id`);
}

/** One table per target type, all of them fed by the same records. */
function mappingFor(type: string): MappingInput {
  const isList = type.endsWith('[]');
  const tables = TARGETS.map((_, at) =>
    table(
      `t${at}`,
      { id: 'integer', v: { type, path: 'v', ...(isList && { many: 'json' as const }) } },
      { key: ['id'], records: '/r/x' },
    ),
  );
  return { ...mappingOf(...tables), defaults: { trim: false } };
}

async function changedBy(bench: LoadBench, type: string): Promise<string[]> {
  const sent = SENT[type] ?? [];
  const escaped = (text: string) => text.replaceAll('<', '&lt;');
  bench.write({ 'a.xml': document(...sent.map((text, id) => element('x', { id, v: escaped(text) }))) });
  const { loadId, report } = await bench.run(mappingFor(type));
  const rejects = await rejectLines(bench.database.target, loadId);
  const found: string[] = [];
  for (const [at, target] of TARGETS.entries()) {
    const kept = await keptIn(bench.database, at, target);
    const rejected = rejects.filter((line) => line.includes(` t${at}.`) || line.includes(` t${at} `)).length;
    if (kept.length + rejected !== sent.length)
      found.push(`${type} → ${target}: ${countLine(report.tables[`t${at}`] as never)}`);
    for (const { id, back, list } of kept) {
      const text = sent[id] ?? '';
      const isSame =
        list === null || back === text
          ? saysSame(text, type, back ?? '', target)
          : list.length === 1 && saysSame(text, type.replace('[]', ''), list[0] ?? '', target.replace('[]', ''));
      if (!isSame) found.push(`${type} → ${target}: ${text} became ${back}`);
    }
  }
  return found;
}

describe('a target whose types are others than the mapping’s', () => {
  const bench = loadBench(embeddedServer());

  test.each(Object.keys(SENT))('takes a value of type %s as it is, or its row is a reject', async (type) => {
    await bench.sql(MAKE_TYPES);
    const create = TARGETS.map((target, at) => `create table t${at} (id int primary key, v ${target})`);
    await bench.sql(create.join(';\n'));
    expect(await changedBy(bench, type)).toEqual([]);
  });
});

describeEachServer('a target with floating point', (server) => {
  const bench = loadBench(server);

  test('rejects of numbers just those that are not read back', async () => {
    const power = () => `${2 ** randomInt(-149, 128)}`;
    const digits = () => `${randomInt(1, 10 ** randomInt(1, 15))}${randomInt(1, 10 ** 4)}e${randomInt(-52, 20)}`;
    const whole = () => `${randomInt(1, 2 ** 47)}${randomInt(10 ** 2)}`;
    const real = () => `${Math.fround(Math.random() * 10 ** randomInt(-30, 30))}`;
    const sent = Array.from({ length: 1_200 }, (_, at) => [power, digits, real, whole][at % 4]?.() ?? '').concat(
      '9.5e-7',
      '16777217',
    );
    bench.write({ 'a.xml': document(...sent.map((text, id) => element('x', { id, v: text }))) });
    await bench.sql(
      'create table a (id int primary key, v real); create table b (id int primary key, v double precision)',
    );
    const numbers = ['a', 'b'].map((name) =>
      table(name, { id: 'integer', v: 'text' }, { key: ['id'], records: '/r/x' }),
    );
    await bench.run(mappingOf(...numbers));
    const values = sent.map((text, id) => `(${id}, '${text}')`).join(', ');
    const wrong = await bench.sql(
      `with sent (id, given) as (values ${values}), judged as (
         select id, given, given::double precision::text::numeric = given::numeric as b,
           case when abs(given::numeric) between 1.4e-45 and 3.4e38 then given::real::text::numeric = given::numeric else false end as a from sent)
       select j.*, a.v as real, b.v as double from judged j left join a using (id) left join b using (id)
       where (a.v is not null) <> j.a or (b.v is not null) <> j.b`,
    );
    expect(wrong).toEqual([]);
  });
});

describeEachServer('a column filled from another table', (server) => {
  const bench = loadBench(server);

  test.each([
    ['timestamp', 'timestamp(0)', '2026-01-31 10:00:00.5', '2026-01-31 10:00:00'],
    ['double precision', 'real', '16777217', '0.1'],
    ['text', 'char(4)', 'ab ', 'ab'],
    ['text', 'name', 'x'.repeat(80), 'x'.repeat(63)],
    ['numeric', 'money', '1.239', '1.2'],
  ])('of type %s into %s keeps the value, or the row is a reject', async (has, takes, changed, kept) => {
    bench.write({
      'a.xml': document(...[changed, kept].map((v, id) => element('p', { id, v }, element('c', { id })))),
    });
    await bench.sql(`create table p (id int primary key, v ${has}); create table c (id int primary key, v ${takes})`);
    const child = table('c', { id: 'integer', v: { type: has, path: '$parent.v' } }, { key: ['id'], records: 'p/c' });
    const mapping = {
      ...mappingOf(table('p', { id: 'integer', v: has }, { key: ['id'] }), child),
      defaults: { trim: false },
    };
    const { counts, rejects } = await bench.load(mapping);
    expect({ counts, rejects }).toEqual({
      counts: { p: '2 read, 2 inserted', c: '2 read, 1 inserted, 1 rejected' },
      rejects: [expect.stringMatching(/^a\.xml:\d+ c\.v ".*" BAD_VALUE$/)],
    });
  });
});
