import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RecordView } from '#contract/api/reject-corrections';
import { type MappingInput, mappingSchema } from '#contract/mapping';
import { DirectSession, exportRejects, readRejectedRecord } from '#engine/door';
import { describeEachServer } from '#tests/helpers/database';
import { document, element, loadBench, mappingOf, table } from '#tests/helpers/load-bench';
import { retryBench } from '#tests/helpers/retry-bench';
import { failureOf } from '#tests/helpers/run-load';

const KEY = { key: ['id'] };
const items = mappingOf(
  table('item', { id: 'integer', n: 'integer', d: 'date' }, KEY),
  table('kind', { id: 'varchar(3)' }, KEY),
);

describeEachServer('what is done about rejects', (server) => {
  const bench = loadBench(server);
  const write = () =>
    bench.write({
      'a.xml': document(
        element('item', { id: 'x', n: 'y' }),
        element('item', { id: 2, n: '=1+1' }),
        element('kind', { id: 'long' }),
      ),
      'b.xml': document(element('item', { id: 3, n: 'y', d: 'never' })),
    });
  const exported = async (loadId: string): Promise<string> => {
    const path = join(bench.folder, 'rejects.out');
    const session = new DirectSession(bench.database.target);
    await exportRejects(session, { loadId, filter: {}, path, signal: AbortSignal.timeout(60_000) }).finally(() =>
      session.close(),
    );
    return readFileSync(path, 'utf8');
  };

  test('they are counted by what they have in common, the largest groups first', async () => {
    write();
    const rejected = await retryBench(bench, items);
    await rejected.correct({ '1:1.id': '1', '1:1.n': '1' });
    const by = async (what: 'code' | 'column' | 'file' | 'table') => {
      const { groups } = await rejected.groups(what);
      return groups.map(({ entries, rows, corrected, ...key }) => [
        Object.values(key).join(' '),
        entries,
        rows,
        corrected,
      ]);
    };
    expect({
      code: await by('code'),
      column: await by('column'),
      file: await by('file'),
      table: await by('table'),
      filtered: await rejected.groups('column', { file: 2 }),
    }).toEqual({
      code: [
        ['BAD_VALUE', 5, 3, 1],
        ['TOO_LONG', 1, 1, 0],
      ],
      column: [
        ['item n', 3, 3, 1],
        ['item d', 1, 1, 0],
        ['item id', 1, 1, 1],
        ['kind id', 1, 1, 0],
      ],
      file: [
        ['1 a.xml', 4, 3, 1],
        ['2 b.xml', 2, 1, 0],
      ],
      table: [
        ['item', 5, 3, 1],
        ['kind', 1, 1, 0],
      ],
      filtered: {
        groups: [
          { table: 'item', column: 'd', entries: 1, rows: 1, corrected: 0 },
          { table: 'item', column: 'n', entries: 1, rows: 1, corrected: 0 },
        ],
        total: 2,
      },
    });
  });

  test('a page shows what stands in the place of each value, and is filtered by it and by what is loaded', async () => {
    write();
    const rejected = await retryBench(bench, items);
    await rejected.correct({ '1:2.n': '2', '1:1.n': null });
    const before = (await rejected.page({ file: 1 })).entries.map(({ sequence, column, correction, corrections }) => [
      ...[sequence, column, correction, corrections],
    ]);
    const corrected = (await rejected.page({ corrected: true })).matching;
    await rejected.retry();
    const { matching, total, fixed, entries } = await rejected.page({ state: 'fixed' });
    const audited = await bench.sql('select action, counts from loadstone.audit order by id');
    expect(audited.slice(-2)).toMatchObject([
      { action: 'corrections_kept', counts: { corrections: 2 } },
      { action: 'retried', counts: { inserted: 1 } },
    ]);
    expect({ before, corrected, matching, total, fixed, fixedBy: entries.map(({ fixedBy }) => fixedBy) }).toEqual({
      before: [
        [1, 'id', undefined, 1],
        [1, 'n', { value: null }, 1],
        [2, 'n', { value: '2' }, 1],
        [3, 'id', undefined, 0],
      ],
      corrected: 3,
      matching: 1,
      total: 1,
      fixed: 1,
      fixedBy: [rejected.last.loadId],
    });
  });

  test('of two corrections of one value the last counts; what is not open, or no column, is refused', async () => {
    write();
    const rejected = await retryBench(bench, items);
    const first = await rejected.correct({ '1:2.n': '2', '1:2.d': '2020-01-01' });
    const second = await rejected.correct({
      '1:2.n': '22',
      '1:2.d': undefined,
      '1:2.zz': '1',
      '1:2': 'all',
      '7:1.n': '1',
    });
    await rejected.retry();
    const late = await rejected.correct({ '1:2.n': '3', '1:1.n': '3' });
    expect({ first, second, late, rows: await bench.rows('item') }).toEqual({
      first: ['2', '2020-01-01'],
      second: ['22', 'nothing', 'no_such_column', 'record_readable', 'not_open'],
      late: ['not_open', '3'],
      rows: ['id=2, n=22'],
    });
  });

  test('one text is kept for all rows with the same value that are open, and for no others', async () => {
    bench.write({
      'a.xml': document(
        element('item', { id: 1, n: 'y', d: 'never' }),
        element('item', { id: 2, n: 'y' }),
        element('item', { id: 3, n: 'Y' }),
        element('item', { id: 4, n: ' y' }),
        element('kind', { id: 'long' }),
      ),
      'b.xml': document(element('item', { id: 5, n: 'y', d: 'never' }), element('item', { id: 6, n: 'y' })),
    });
    const rejected = await retryBench(bench, items);
    const n = { table: 'item', column: 'n', value: 'y' };
    await rejected.correct({ '2:2.n': '6', '1:1.d': null });
    const matching = (await rejected.page({ ...n, valueCorrected: false })).matching;
    const kept = await rejected.correctAll({ ...n, valueCorrected: false }, 'n', '7');
    const again = await rejected.correctAll(n, 'n', '7');
    const dates = await rejected.correctAll({ value: 'never' }, 'd', '2020-01-01');
    const strangers = await rejected.correctAll({}, 'zz', '1');
    const wholeRows = (await rejected.page({ column: null })).matching;
    await rejected.retry();
    const late = await rejected.correctAll({ ...n, state: 'fixed' }, 'n', '8');
    expect({ matching, kept, again, dates, strangers, wholeRows, late, rows: await bench.rows('item') }).toEqual({
      // What somebody wrote for one of them stays, until all are meant.
      matching: 3,
      kept: 3,
      again: 1,
      dates: 2,
      strangers: 0,
      wholeRows: 0,
      late: 0,
      rows: ['id=1, n=7, d=2020-01-01', 'id=2, n=7', 'id=5, n=7, d=2020-01-01', 'id=6, n=7'],
    });
  });

  test('while a retry merges nothing is kept, and whoever writes is told', async () => {
    write();
    const rejected = await retryBench(bench, items);
    const session = new DirectSession(bench.database.target);
    const client = await session.connect(AbortSignal.timeout(60_000));
    await client.query('begin; select from loadstone.loads for update');
    const refused = await failureOf(rejected.correct({ '1:2.n': '2' }));
    await client.query('rollback');
    await session.close();
    expect([refused.code, await rejected.correct({ '1:2.n': '2' })]).toEqual(['LOAD_LOCKED', ['2']]);
  });

  test('an exported CSV says back what was changed in it, however a spreadsheet has written it', async () => {
    write();
    const rejected = await retryBench(bench, items);
    const text = await exported(rejected.run.loadId);
    const path = join(bench.folder, 'back.out');
    const untouched = async (changed: string) => {
      writeFileSync(path, changed);
      return rejected.import(path);
    };
    const nothing = { lines: 6, corrected: 0, untouched: 6, loaded: 0, refused: 0, refusals: [] };
    expect(await untouched(text)).toEqual(nothing);
    expect(await untouched(text.replaceAll(',', ';').replace('\uFEFF', '').replaceAll('\r\n', '\n'))).toEqual(nothing);
    // Rows in another order, some gone, a cell emptied, one added, and lines without anything.
    const [header = '', ...lines] = text.trimEnd().split('\r\n');
    const changed = [
      header,
      ...lines
        .map((line) => line.replace("'=1+1", '2').replace(/,y,(BAD_VALUE.*,1,1)$/, ',,$1'))
        .slice(0, 5)
        .reverse(),
      ',,,,,,,,,',
      ',,item,,d,2021-05-06,,,1,2',
      ',,kind,,nope,1,,,1,3',
      ',,item,,n,1,,,9,9',
      ',,item,,n,1,,,,',
      'broken',
    ];
    const imported = await untouched(changed.join('\r\n'));
    const again = await untouched(changed.slice(0, 6).join('\r\n'));
    const counts = await rejected.retry();
    const after = await untouched(changed.slice(0, 6).join('\r\n'));
    expect({
      imported,
      again: [again.corrected, again.untouched],
      counts,
      after,
      rows: await bench.rows('item'),
    }).toEqual({
      imported: {
        ...{ lines: 10, corrected: 3, untouched: 3, loaded: 0, refused: 4 },
        refusals: [
          { line: 10, reason: 'not_open' },
          { line: 11, reason: 'no_record' },
          { line: 12, reason: 'broken_line' },
          { line: 9, reason: 'no_such_column' },
        ],
      },
      again: [0, 5],
      counts: { item: '3 read, 1 inserted, 2 rejected', kind: '1 read, 1 rejected' },
      after: expect.objectContaining({ corrected: 0, untouched: 4, loaded: 1, refused: 0 }),
      rows: ['id=2, n=2, d=2021-05-06'],
    });
    writeFileSync(path, 'a,b\n1,2\n');
    expect((await failureOf(rejected.import(path))).code).toBe('USAGE');
  });

  test('a value of which only the beginning was exported is not taken for the whole', async () => {
    bench.write({ 'a.xml': document(element('item', { id: 1, n: `${'y'.repeat(3_000)}z` })) });
    const rejected = await retryBench(bench, items);
    const path = join(bench.folder, 'back.out');
    const text = await exported(rejected.run.loadId);
    writeFileSync(path, text.replace('yyy', 'zzz'));
    const cut = await rejected.import(path);
    writeFileSync(path, text.replace(/y+…/, '5'));
    expect([cut.refusals, await rejected.import(path)]).toEqual([
      [{ line: 2, reason: 'value_cut' }],
      expect.objectContaining({ corrected: 1 }),
    ]);
  });

  const columns = ({ columns: all }: RecordView) =>
    all.map(({ name, raw, value, objection, correction }) => [
      ...[name, raw, value, objection?.code],
      ...(correction === undefined ? [] : [correction.value]),
    ]);

  test('a record comes whole: every value as it stands there and as it is loaded, and the lines around it', async () => {
    const car = table(
      'car',
      {
        id: { path: '@no', type: 'integer' },
        owner: { path: '$parent.id', type: 'integer' },
        street: { path: '../../street', type: 'text' },
        built: { type: 'date', path: 'built', formats: ['dd/MM/yyyy'] },
        tags: { type: 'text[]', path: 'tag', many: 'json' },
        kind: { type: 'text', const: 'car' },
        maker: { type: 'text', lookup: [{ table: 'maker', where: { id: 'id' }, take: 'name' }] },
      },
      { ...KEY, records: '/r/owner/car' },
    );
    const mapping = mappingOf(
      table('owner', { id: 'integer' }, KEY),
      car,
      table('maker', { id: 'integer', name: 'text' }, { keep: false }),
    );
    const lines = [
      '<r>',
      '<owner><id> 7 </id>',
      '  <car no="1"><built>01/02/2020</built></car>',
      '  <car no="2">',
      '    <built>32/02/2020</built><tag>a</tag><tag>b &amp; c</tag>',
      '  </car>',
      '  <car no="3"><built>x</built></car>',
      '</owner>',
      '<street>Phố Huế</street>',
      '</r>',
    ];
    bench.write({ 'a.xml': lines.join('\r\n') });
    const rejected = await retryBench(bench, mapping);
    const before = await rejected.record('1:3');
    await rejected.correct({ '1:3.built': '28/02/2020', '1:3.tags': '["x", "y"]' });
    const after = await rejected.record('1:3');
    expect({ before: columns(before), after: columns(after), excerpt: before.excerpt }).toEqual({
      before: [
        ['id', '2', '2', undefined],
        ['owner', ' 7 ', '7', undefined],
        ['street', 'Phố Huế', 'Phố Huế', undefined],
        ['built', '32/02/2020', null, 'BAD_VALUE'],
        ['tags', '["a","b & c"]', '{"a","b & c"}', undefined],
        ['kind', 'car', 'car', undefined],
        ['maker', null, null, undefined],
      ],
      after: [
        ['id', '2', '2', undefined],
        ['owner', ' 7 ', '7', undefined],
        ['street', 'Phố Huế', 'Phố Huế', undefined],
        ['built', '32/02/2020', '2020-02-28', undefined, '28/02/2020'],
        ['tags', '["a","b & c"]', '{"x","y"}', undefined, '["x", "y"]'],
        ['kind', 'car', 'car', undefined],
        ['maker', null, null, undefined],
      ],
      excerpt: {
        lines: lines.slice(0, 10).map((text, index) => ({ number: index + 1, column: 1, text, more: false })),
        begins: { line: 4, column: 3 },
        ends: { line: 6, column: 9 },
      },
    });
    bench.write({ 'a.xml': lines.join('\n') });
    const changed = await rejected.record('1:3');
    expect([changed.source, changed.excerpt, columns(changed)[3]]).toEqual([
      'changed',
      null,
      ['built', null, null, undefined, '28/02/2020'],
    ]);
    expect((await failureOf(rejected.record('1:99'))).code).toBe('RETRY_INVALID');
  });

  test('of a file in one endless line only the record and a little around it are shown', async () => {
    const filler = Array.from({ length: 12_000 }, (_, i) => `<item><id>${i}</id><n>${i}</n></item>`).join('');
    const record = `<item><id>70000</id><n>ờ</n><d>${'é'.repeat(40_000)}</d></item>`;
    bench.write({ 'a.xml': `<r>${filler}${record}${filler}</r>` });
    const rejected = await retryBench(bench, items);
    const { excerpt } = await rejected.record('1:12001');
    const column = `<r>${filler}`.length + 1;
    const [first, second, ...others] = excerpt?.lines ?? [];
    expect({ begins: excerpt?.begins, ends: excerpt?.ends, others }).toEqual({
      begins: { line: 1, column },
      ends: { line: 1, column: column + record.length },
      others: [],
    });
    expect(first?.text.slice(column - (first?.column ?? 0)).startsWith(record.slice(0, 100))).toBe(true);
    expect(second?.text.slice(0, column + record.length - (second?.column ?? 0)).endsWith('é</d></item>')).toBe(true);
    expect((first?.text.length ?? 0) + (second?.text.length ?? 0)).toBeLessThan(25_000);
  });

  test('records of CSV and JSON are shown in their encoding and over all of their lines', async () => {
    const format = (source: MappingInput['source'], types: Readonly<Record<string, string>>): MappingInput => ({
      ...{ version: 1, name: 'test', source },
      tables: [{ ...table('item', types, KEY), records: undefined }],
    });
    const csv = Buffer.from('id,n,note\r\n1,1,a\r\n2,x,"é1\r\né2"\r\n3,3\r\n4,4,d\r\n', 'latin1');
    bench.write({ 'a.csv': csv });
    const types = { id: 'integer', n: 'integer', note: 'text' };
    const rejected = await retryBench(bench, format({ format: 'csv', encoding: 'windows-1252' }, types));
    const [quoted, broken] = [await rejected.record('1:2'), await rejected.record('1:3')];
    await rejected.correct({ '1:3': '3,y,c' });
    const corrected = await rejected.record('1:3');
    expect({
      quoted: [
        quoted.excerpt?.begins,
        quoted.excerpt?.ends,
        quoted.excerpt?.lines.map(({ text }) => text),
        columns(quoted)[2],
      ],
      broken: [broken.excerpt?.begins, broken.excerpt?.ends, broken.unreadable, columns(broken)[0]],
      corrected: [corrected.unreadable?.text, corrected.unreadable?.correction?.value, columns(corrected)],
    }).toEqual({
      quoted: [
        { line: 3, column: 1 },
        { line: 4, column: 4 },
        ['id,n,note', '1,1,a', '2,x,"é1', 'é2"', '3,3', '4,4,d', ''],
        ['note', 'é1\r\né2', 'é1\r\né2', undefined],
      ],
      broken: [
        { line: 5, column: 1 },
        { line: 5, column: 4 },
        { text: '3,3', isCut: false },
        ['id', null, null, undefined],
      ],
      corrected: [
        '3,3',
        '3,y,c',
        [
          ['id', '3', '3', undefined],
          ['n', 'y', null, 'BAD_VALUE'],
          ['note', 'c', 'c', undefined],
        ],
      ],
    });
    bench.write({
      'b.json': '[{"id": 11,\n "n": 1}, {"id": 12,\n "n": "x"\n}, {"id": 13, "n": 3}]',
      'c.jsonl': '{"id": 21, "n": "x"}\n{"id": 22,,}\n{"id": 23, "n": 3}\n',
    });
    const json = await retryBench(bench, format({ format: 'json' }, { id: 'integer', n: 'integer' }));
    const places = [];
    for (const cell of ['1:2', '2:1', '2:2']) {
      const { excerpt, unreadable } = await json.record(cell);
      places.push([excerpt?.begins, excerpt?.ends, unreadable?.text]);
    }
    expect(places).toEqual([
      [{ line: 2, column: 11 }, { line: 4, column: 2 }, undefined],
      [{ line: 1, column: 1 }, { line: 1, column: 21 }, undefined],
      [{ line: 2, column: 1 }, { line: 2, column: 13 }, '{"id": 22,,}'],
    ]);
  });

  test('a document with a DOCTYPE is shown by its lines', async () => {
    bench.write({
      'a.xml': `<!DOCTYPE r [<!ENTITY e "x">]>\n<r>\n<item>\n<id>1</id><n>&e;</n></item>\n</r>\n`,
    });
    const rejected = await retryBench(bench, items);
    const { excerpt } = await rejected.record('1:1');
    expect([excerpt?.begins, excerpt?.ends, excerpt?.lines[2]?.text]).toEqual([{ line: 3, column: 1 }, null, '<item>']);
  });

  test('a load that has not merged shows its records too', async () => {
    write();
    const loadId = '11111111-1111-4111-8111-111111111111';
    expect(await bench.failure(items, { loadId, maxRejects: { rows: 0 } })).toBe('TOO_MANY_REJECTS');
    const session = new DirectSession(bench.database.target);
    const load = { loadId, paths: [bench.folder], mapping: mappingSchema.parse(items) };
    const view = await readRejectedRecord(session, {
      ...{ load, record: { file: 1, sequence: 2 }, signal: AbortSignal.timeout(60_000) },
    }).finally(() => session.close());
    expect([view.source, view.excerpt?.begins, columns(view)[1]]).toEqual([
      'same',
      { line: 3, column: 1 },
      ['n', '=1+1', null, 'BAD_VALUE'],
    ]);
  });
});
