import { expect, test } from 'vitest';
import { mappingSchema } from '#contract/mapping';
import { parseColumnType } from '#engine/model/column-type';
import { COMMON_TYPES, typeProblem } from '#renderer/screens/load/mapping/column-types.ts';
import { issueCount, mappingIssues } from '#renderer/screens/load/mapping/mapping-issues.ts';

const mappingOf = (tables: Readonly<Record<string, readonly (readonly [string, string])[]>>, quoteNames = false) =>
  // As an editor may leave it: names that the schema refuses included.
  ({
    ...mappingSchema.parse({
      version: 1,
      name: 'm',
      quoteNames,
      source: { format: 'xml' },
      tables: [{ name: 't', records: 'r', columns: [{ name: 'c', type: 'text' }] }],
    }),
    tables: Object.entries(tables).map(([name, columns]) => ({
      name,
      include: ['*'],
      records: 'r',
      columns: columns.map(([column, type]) => ({ name: column, type, nullable: true, round: false })),
      key: [],
      references: [],
      onConflict: 'skip' as const,
      keep: true,
    })),
  });

test('names that fold to the same are taken, at both places', () => {
  const issues = mappingIssues(
    mappingOf({
      Thua: [
        ['a', 'text'],
        ['A', 'text'],
        ['b', 'text'],
      ],
      thua: [['a', 'text']],
    }),
  );
  expect(issues).toEqual([
    {
      name: 'taken',
      columns: [
        { name: 'taken', type: null },
        { name: 'taken', type: null },
        { name: null, type: null },
      ],
      count: 3,
    },
    { name: 'taken', columns: [{ name: null, type: null }], count: 1 },
  ]);
});

test('names that are quoted are told apart by case', () => {
  expect(
    issueCount(
      mappingIssues(
        mappingOf(
          {
            T: [
              ['a', 'text'],
              ['A', 'text'],
            ],
            t: [['a', 'text']],
          },
          true,
        ),
      ),
    ),
  ).toBe(0);
});

test('empty names, names that are too long in bytes and badly shaped ones are told', () => {
  const long = 'ữ'.repeat(22);
  const issues = mappingIssues(
    mappingOf({ '': [['', 'x']], [long]: [[long, 'text']], 'a.b.c': [['c', '']], 'a.': [['c', 'text']] }),
  );
  expect(issues.map(({ name, columns }) => [name, columns[0]?.name, columns[0]?.type])).toEqual([
    ['empty', 'empty', 'unknown'],
    ['too_long', 'too_long', null],
    ['shape', null, 'empty'],
    ['shape', null, null],
  ]);
});

const TYPES = [
  ...COMMON_TYPES,
  ...[
    'TEXT',
    ' varchar ( 5 ) ',
    'character varying(3)',
    'char',
    'numeric(5)',
    'numeric(1001,2)',
    'numeric(5,2,1)',
    'decimal(0)',
  ],
  ...[
    'timestamp with time zone',
    'timestamp(3) with time zone',
    'time(7)',
    'timestamptz(6)',
    'pg_catalog.int4',
    'float(54)',
    'float(24)',
  ],
  ...[
    'text[]',
    'integer[3]',
    'text[][]',
    'text(3)',
    'varchar(0)',
    'varchar(99999999)',
    'money',
    'enum',
    'varchar(a)',
    'date()',
    '5',
  ],
];

test.each(TYPES)('the type "%s" is judged as the load judges it', (type) => {
  const loads = () => {
    try {
      parseColumnType(type, 'here');
      return true;
    } catch {
      return false;
    }
  };
  expect(typeProblem(type) === null).toBe(loads());
});
