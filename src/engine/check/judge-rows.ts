import { parseColumnType, printColumnType, type ScalarType } from '#engine/model/column-type';
import type { LoadColumn, LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { quoteLiteral } from '#engine/postgres/quote';
import type { LiveRows } from './live-rows.ts';
import { changedByCast, createCastJudge } from './lossy-casts.ts';

/**
 * Rejects what only SQL can judge of single rows: values an ancestor learnt late and could not convert, children of
 * rejected records, and columns filled in SQL that came out missing or do not fit. Call it for parents first; records
 * of one table that hold each other need another call until nothing more falls.
 * @returns how many rows were rejected.
 */
export async function judgeRows(client: PgClient, live: LiveRows, table: LoadTable): Promise<number> {
  let rejected = await rejectRows(client, live, table, lateRejects(live, table));
  for (const column of table.columns) {
    for (const rule of columnRules(table, column))
      rejected += await rejectRows(client, live, table, violations(live, table, column, rule));
    rejected += await rejectChanged(client, live, table, column);
  }
  return rejected + (await rejectRows(client, live, table, orphans(live, table)));
}

/** Values that the cast to a type of the server's own would change. Nothing is asked where the type never does. */
async function rejectChanged(client: PgClient, live: LiveRows, table: LoadTable, column: LoadColumn): Promise<number> {
  const changed = changedByCast(column, 'given');
  if (changed === null) return 0;
  const judge = await createCastJudge(client, table, column, changed);
  const becomes = `left(${judge}(s.c${column.index}), ${LONGEST_SHOWN})`;
  const text = [`The value of ${column.name} would become `, ` in the target, whose type is ${column.castTo}.`];
  const message = `concat(${quoteLiteral(text[0] ?? '')}, ${becomes}, ${quoteLiteral(text[1] ?? '')})`;
  const rule = { code: 'BAD_VALUE', broken: `${judge}(s.c${column.index}) is not null`, message } as const;
  return rejectRows(client, live, table, violations(live, table, column, rule));
}

/**
 * Records rejects and takes their rows out of the running.
 * @param select yields file, seq, number, line, col, field, value, code, message.
 * @returns how many rows were rejected.
 */
export async function rejectRows(
  client: PgClient,
  live: LiveRows,
  table: LoadTable,
  select: string | null,
  parameters: readonly unknown[] = [],
): Promise<number> {
  if (select === null) return 0;
  const { rows } = await client.query<{ count: string }>(
    `with found as (
       insert into ${live.names.rejects} (file, seq, number, line, tab, col, field, value, code, message)
       select file, seq, number, line, ${table.index}, col, field, value, code, message from (${select}) r returning file, seq),
     gone as (insert into ${live.names.dead} select distinct file, seq, ${table.index} from found returning 1)
     select count(*) from gone`,
    [...parameters],
  );
  const count = Number(rows[0]?.count);
  live.noteDead(table.index, count);
  return count;
}

function lateRejects(live: LiveRows, table: LoadTable): string | null {
  if (table.slots.length === 0) return null;
  const anchors = table.slots.map((_, slot) => `(l.slot = ${slot} and l.anchor = s.a${slot})`).join(' or ');
  return `select distinct on (s.file, s.seq, l.col) s.file, s.seq, coalesce(l.col, 0) as number, s.line, l.col, l.field, l.raw as value, l.code, l.message
    from ${live.select(table)} s join ${live.names.late} l on l.file = s.file and l.tab = ${table.index} and l.code is not null and (${anchors})
    where l.code = 'PARENT_REJECTED' or not exists (
      select from ${live.names.corrected} k where k.file = s.file and k.seq = s.seq and k.col = l.col)
    order by s.file, s.seq, l.col`;
}

function orphans(live: LiveRows, table: LoadTable): string | null {
  const slots = table.slots.flatMap((slot, number) => (slot.kind === 'parent' ? [`(d.seq = s.a${number})`] : []));
  if (slots.length === 0) return null;
  return `select distinct s.file, s.seq, 0 as number, s.line, null::int as col, null::text as field, null::text as value,
      'PARENT_REJECTED' as code, 'The record that this one belongs to was rejected.' as message
    from ${live.select(table)} s join ${live.names.dead} d on d.file = s.file and (${slots.join(' or ')})`;
}

interface Rule {
  readonly code: 'MISSING_KEY' | 'MISSING_VALUE' | 'TOO_LONG' | 'BAD_VALUE';
  /** The condition under which a value of `s.cN` breaks the rule. */
  readonly broken: string;
  /** In SQL. */
  readonly message: string;
}

const LONGEST_SHOWN = 200;

function columnRules(table: LoadTable, column: LoadColumn): Rule[] {
  const value = `s.c${column.index}`;
  const isKey = table.key.includes(column.index);
  const rules: Rule[] = [];
  // What the mapper converts it has judged already.
  const filledHere = column.source.kind !== 'staged' || table.slots.length > 0;
  if (filledHere && (isKey || !column.nullable) && (column.default === null || isKey)) {
    const code = isKey ? 'MISSING_KEY' : 'MISSING_VALUE';
    rules.push({
      code,
      broken: `${value} is null`,
      message: quoteLiteral(`Column ${column.name} must have a value, and none was found.`),
    });
  }
  if (column.source.kind !== 'staged') rules.push(...sizeRules(column, value));
  return rules;
}

/** Filled columns carry the type of where they came from, so whether a value fits has to be looked at here. */
function sizeRules({ name, type, castTo }: LoadColumn, value: string): Rule[] {
  if (castTo !== null) return [];
  const parsed = parseColumnType(type, '');
  if (parsed.kind !== 'array') return sizeRule(parsed, name, value);
  return sizeRule(parsed.element, name, 'e').map((rule) => ({
    ...rule,
    broken: `exists (select from unnest(${value}) e where ${rule.broken})`,
  }));
}

function sizeRule(type: ScalarType, name: string, value: string): Rule[] {
  const spelled = printColumnType(type);
  const badValue = (broken: string, what: string): Rule[] => [
    { code: 'BAD_VALUE', broken, message: quoteLiteral(`The value of ${name} ${what}.`) },
  ];
  switch (type.kind) {
    case 'varchar':
    case 'char': {
      if (type.length === null) return [];
      const message = quoteLiteral(`The value of ${name} is longer than the ${type.length} characters it may have.`);
      const tooLong: Rule = { code: 'TOO_LONG', broken: `length(${value}) > ${type.length}`, message };
      if (type.kind === 'varchar') return [tooLong];
      const padded = `length(${value}) <= ${type.length} and ${value}::text like '% '`;
      return [tooLong, ...badValue(padded, `ends with blanks, which ${spelled} does not keep`)];
    }
    case 'smallint':
    case 'integer':
    case 'bigint': {
      const broken = `(${value} <> trunc(${value}) or ${value} not between ${INTEGER_RANGES[type.kind].join(' and ')})`;
      return badValue(broken, `is not a number that ${spelled} can hold`);
    }
    case 'numeric': {
      if (type.precision === null) return [];
      const broken = `(${value} <> round(${value}, ${type.scale}) or abs(${value}) >= 1e${type.precision - type.scale})`;
      return badValue(broken, `has more digits than ${spelled} can hold`);
    }
    case 'real': {
      const isOut = `abs(${value}) > ${REAL_RANGE.largest} or (${value} <> 0 and abs(${value}) < ${REAL_RANGE.smallest})`;
      const broken = `case when ${isOut} then true else ${value}::real::text::double precision <> ${value}::text::double precision end`;
      return badValue(broken, `has more digits than ${spelled} can hold`);
    }
    case 'time':
    case 'timestamp':
    case 'timestamptz': {
      if (type.precision === null) return [];
      return badValue(`${value} <> ${value}::${spelled}`, `has more digits of a second than ${spelled} can hold`);
    }
    default:
      return [];
  }
}

/** What rounds to a number of its own; a real column that fills one keeps within it anyway. */
const REAL_RANGE = { largest: '3.4028235e38', smallest: '1.4e-45' } as const;

const INTEGER_RANGES = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
} as const;

function violations(live: LiveRows, table: LoadTable, column: LoadColumn, rule: Rule): string {
  return `select s.file, s.seq, ${column.index} as number, s.line, ${column.index} as col, null::text as field,
      s.c${column.index}::text as value, '${rule.code}' as code, ${rule.message} as message
    from ${live.select(table)} s where ${rule.broken}`;
}
