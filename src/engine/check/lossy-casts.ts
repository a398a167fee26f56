import type { LoadColumn, LoadTable } from '#engine/model/load-table';
import type { PgClient } from '#engine/postgres/client';
import { castStaged } from './column-sql.ts';

/**
 * Types of the server's own that Loadstone does not convert to, and whose reading of a text may change it without a
 * word. Per type the condition, in SQL over the text `given` and the value `kept`, that it did.
 */
interface LossyType {
  readonly type: RegExp;
  readonly changes: (names: { readonly given: string; readonly kept: string }) => string;
}

const DIGITS_BEYOND = String.raw`[.,]\d{6}\d*[1-9]`;
const ZONED_TIME = String.raw`^\s*\d{1,2}:\d{2}(:\d{2}(\.\d{1,6}0*)?)?\s*([a-zA-Z]{1,5}|[-+]\d{1,2}(:?\d{2}){0,2})?\s*$`;
const TIME_WITH_ZONE = String.raw`\d:\d{2}(:\d{2}(\.\d+)?)?\s*([-+]\d|[a-zA-Z])`;
const NUMBERS = String.raw`[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?`;

const WITH_UNIT = String.raw`[[:alpha:]:]|\d-\d`;
const PLAIN_NUMBER = String.raw`^-?(0|[1-9]\d*)?(\.\d+)?([eE][-+]?\d+)?$`;

const numbersOf = (text: string) =>
  `array(select m[1]::numeric from regexp_matches(${text}, '(${NUMBERS.replaceAll('(', '(?:')})', 'g') m order by 1)`;

const LOSSY: readonly LossyType[] = [
  { type: /^(name|"char"|oid|xid|cid|xid8)$/, changes: ({ given, kept }) => `${kept}::text <> ${given}` },
  {
    // Signs and separators are the locale's: "1.23" may well be 123 there, and "1,2" is 12 in most.
    type: /^money$/,
    changes: ({ given, kept }) =>
      `${kept}::text <> ${given} and (${given} !~ '${PLAIN_NUMBER}' or ${kept}::numeric <> ${given}::numeric)`,
  },
  { type: /^bit( varying)?\(\d+\)$/, changes: ({ given, kept }) => `${kept}::text <> ${given}::bit varying::text` },
  {
    // Of a number alone nothing says whether it counts seconds or days.
    type: /^interval\b/,
    changes: ({ given, kept }) =>
      `${kept}::text <> ${given}::interval::text or ${given} ~ '${DIGITS_BEYOND}' or ${given} !~ '${WITH_UNIT}' or ${given} ~ '[{}]'`,
  },
  {
    type: /^time(\(\d\))? with time zone$/,
    changes: ({ given, kept }) =>
      `${given} !~ '${ZONED_TIME}' or ${kept}::text <> (${given}::time with time zone)::text`,
  },
  { type: /^numeric\(\d+,-\d+\)$/, changes: ({ given, kept }) => `${kept} <> ${given}::numeric` },
  {
    type: /^(point|line|lseg|box|path|polygon|circle)$/,
    changes: ({ given, kept }) => `${numbersOf(`${kept}::text`)} <> ${numbersOf(given)}`,
  },
  { type: /^tstz(multi)?range$/, changes: ({ given }) => `${given} ~ '${DIGITS_BEYOND}'` },
  {
    type: /^ts(multi)?range$/,
    changes: ({ given }) => `${given} ~ '${DIGITS_BEYOND}' or ${given} ~ '${TIME_WITH_ZONE}'`,
  },
  { type: /^date(multi)?range$/, changes: ({ given }) => `${given} ~ '\\d:\\d'` },
];

/** @returns the condition under which the cast changes the text, or null for types that keep or refuse what they are given. */
export function changedByCast(column: LoadColumn, given: string): string | null {
  if (column.castTo === null) return null;
  const element = column.castTo.endsWith('[]') ? column.castTo.slice(0, -2) : null;
  const type = element ?? column.castTo;
  const lossy = LOSSY.find((known) => known.type.test(type));
  if (lossy === undefined) return null;
  if (element === null) return lossy.changes({ given, kept: `(${castStaged(given, column)})` });
  return `exists (select from unnest(${given}::text[]) e where ${lossy.changes({ given: 'e', kept: `(e::${type})` })})`;
}

/**
 * Makes a function of this session that tells what a staged text becomes where its cast changes it, null where it does
 * not. What cannot be cast at all is not its business: the server objects to it later, row by row.
 * @returns its name.
 */
export async function createCastJudge(
  client: PgClient,
  { index: table }: Pick<LoadTable, 'index'>,
  column: LoadColumn,
  changed: string,
): Promise<string> {
  const name = `pg_temp.becomes_${table}_${column.index}`;
  await client.query(
    `create or replace function ${name}(given text) returns text language plpgsql as $judge$
     begin
       if (${changed}) then return ${castStaged('given', column)}::text; end if;
       return null;
     exception when others then return null;
     end $judge$`,
  );
  return name;
}
