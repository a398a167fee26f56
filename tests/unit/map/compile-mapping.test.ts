import { describe, expect, it } from 'vitest';
import { LoadstoneError } from '#contract/errors';
import { compileMapping } from '#engine/map/compile-mapping';
import { NameTable } from '#engine/model/name-table';
import { mappingOf, table } from './support.ts';

const T = (columns: Readonly<Record<string, string | object>>, more: object = {}, records = 'r') =>
  table('t', records, columns, more);
const LOOKUP = [{ table: 'u', where: { a: 'a' }, take: 'b' }];
const U = table('u', 'u', { a: 'a', b: 'b' }, { keep: false });

function compile(tables: readonly object[], more: object = {}) {
  return compileMapping(mappingOf(tables, more), new NameTable());
}

function problemOf(tables: readonly object[], more: object = {}): LoadstoneError {
  try {
    compile(tables, more);
  } catch (error) {
    if (error instanceof LoadstoneError) return error;
    throw error;
  }
  throw new Error('the mapping was accepted');
}

describe('a mapping is refused, with its place,', () => {
  const cases: readonly (readonly [string, readonly object[], string])[] = [
    ['for an unknown key column', [T({ a: 'a' }, { key: ['x'] })], 'tables[0].key[0]: table "t" has no column "x"'],
    [
      'for more columns than a table of PostgreSQL can have',
      [T(Object.fromEntries(Array.from({ length: 1_601 }, (_, at) => [`c${at}`, 'text'])))],
      'tables[0].columns: table "t" has 1601 columns, and a table of PostgreSQL takes 1590',
    ],
    ['for a key column named twice', [T({ a: 'a' }, { key: ['a', 'a'] })], 'tables[0].key: "a" stands in it twice'],
    [
      'for an unknown column of a reference',
      [T({ a: 'a' }, { references: [{ columns: ['x'], table: 'other', on: ['id'] }] })],
      'tables[0].references[0].columns[0]: table "t" has no column "x"',
    ],
    [
      'for an unknown column referred to',
      [T({ a: 'a' }, { references: [{ columns: ['a'], table: 't', on: ['id'] }] })],
      'tables[0].references[0].on[0]: table "t" has no column "id"',
    ],
    [
      'for a reference to a table that is not kept',
      [T({ a: 'a' }, { references: [{ columns: ['a'], table: 'u', on: ['a'] }] }), U],
      'tables[0].references[0].table: "u" never reaches the target',
    ],
    [
      'for an unknown column with a policy',
      [T({ a: 'a' }, { onConflict: { columns: { x: 'fail' } } })],
      'tables[0].onConflict.columns: table "t" has no column "x"',
    ],
    [
      'for a lookup in an unknown table',
      [T({ a: 'a', b: { lookup: LOOKUP } })],
      'tables[0].columns[1].lookup[0].table',
    ],
    ['for a lookup of an unknown column', [T({ b: { lookup: LOOKUP } }), U], 'tables[0].columns[0].lookup[0].where'],
    [
      'for $value in the first step',
      [T({ b: { lookup: [{ table: 'u', where: { a: '$value' }, take: 'b' }] } }), U],
      'tables[0].columns[0].lookup[0].where: the first step has no $value',
    ],
    [
      'for lookups that need one another',
      [
        T({
          a: { lookup: [{ table: 't', where: { a: 'b' }, take: 'b' }] },
          b: { lookup: [{ table: 't', where: { b: 'a' }, take: 'a' }] },
        }),
      ],
      'tables[0].columns[0].lookup: the lookups need one another: t.a → t.a',
    ],
    ['for a column of no origin', [T({ a: {} })], 'tables[0].columns[0]: "a" says nowhere where its value comes from'],
    [
      'for a column of two origins',
      [T({ a: { path: 'a', const: '1' } })],
      'tables[0].columns[0]: "a" has "path" and "const"',
    ],
    ['for a constant its type refuses', [T({ a: { const: 'x', type: 'integer' } })], 'tables[0].columns[0].const'],
    ['for an unknown type', [T({ a: { path: 'a', type: 'money2' } })], 'tables[0].columns[0]'],
    [
      'for a name over 63 bytes',
      [T({ ['ạ'.repeat(22)]: 'a' })],
      `tables[0].columns[0].name: "${'ạ'.repeat(22)}" has 66 bytes, PostgreSQL keeps 63`,
    ],
    [
      'for names that fold to the same',
      [T({ caNhanID: 'a', canhanid: 'b' })],
      'tables[0].columns[1].name: "canhanid" and "caNhanID"',
    ],
    [
      'for a table mapped twice',
      [T({ a: 'a' }), table('T', 'q', { a: 'a' })],
      'tables[1].name: "T" and tables[0] "t" are the same table',
    ],
    ['for a name that is none', [table('a.b.c', 'r', { a: 'a' })], `tables[0].name: "a.b.c" is not a table's name`],
    ['for missing records', [{ name: 't', columns: [{ name: 'a', type: 'text', path: 'a' }] }], 'tables[0].records'],
    [
      'for records with last()',
      [T({ a: 'a' }, {}, 'r[last()]')],
      'tables[0].records: in the path "r[last()]" at character 1',
    ],
    [
      'for a broken path',
      [T({ a: 'a', b: 'b/[1]' })],
      'tables[0].columns[1].path: in the path "b/[1]" at character 3 ("[")',
    ],
    [
      'for a broken path in a list',
      [T({ a: { path: ['a', 'b['] } })],
      'tables[0].columns[0].path[1]: in the path "b["',
    ],
    ['for two upward paths in a list', [T({ a: { path: ['../a', '../../b'] } })], '../a and ../../b both look upward'],
    [
      'for a $parent column nobody has',
      [T({ a: '$parent.x' }), U],
      'tables[0].columns[0].path: no other table has a column "x"',
    ],
    [
      'for a $parent column only it has',
      [T({ a: '$parent.a' })],
      'tables[0].columns[0].path: no other table has a column "a"',
    ],
    [
      'for an unbound prefix in a path',
      [T({ a: 'gml:a' })],
      'tables[0].columns[0].path: the prefix "gml" is bound to no namespace',
    ],
    [
      'for an unbound prefix in records',
      [T({ a: 'a' }, {}, "r[@p:k='v']")],
      'tables[0].records: the prefix "p" is bound to no',
    ],
    [
      'for a broken glob',
      [T({ a: 'a' }, { include: ['xml/{a'] })],
      'tables[0].include[0]: the glob "xml/{a" cannot match a file',
    ],
    ['for a glob that leaves the folder', [T({ a: 'a' }, { include: ['../*'] })], 'tables[0].include[0]'],
  ];

  it.each(cases)('%s', (_, tables, message) => {
    const problem = problemOf(tables);
    expect(problem).toMatchObject({ code: 'MAPPING_INVALID', remedy: expect.stringMatching(/\.$/) });
    expect(problem.message).toContain(message);
  });

  it('once for all that is wrong', () => {
    const { message, remedy } = problemOf([T({ a: {}, b: 'b[' }, { key: ['x'] })]);
    expect(message.split('\n').map((line) => line.split(':')[0])).toEqual([
      'tables[0].key[0]',
      'tables[0].columns[0]',
      'tables[0].columns[1].path',
    ]);
    expect(remedy).toBe('Use one of its columns: a, b.');
  });
});

it('a name written in another case is told in its own', () => {
  expect(problemOf([T({ caNhanID: 'a' }, { key: ['canhanid'] })]).remedy).toBe('Write it as "caNhanID".');
});

describe('a mapping is accepted', () => {
  it('when names differ only in case but are quoted', () => {
    expect(compile([T({ aB: 'a', ab: 'b' })], { quoteNames: true }).plans).toHaveLength(1);
  });

  it('without records for lines and items', () => {
    const columns = [{ name: 'a', type: 'text', path: 'a' }];
    expect(compile([{ name: 't', columns }], { source: { format: 'csv' } }).plans).toHaveLength(1);
  });
});

describe('the plan for SQL', () => {
  it('says per column where its value comes from and which slot brings it', () => {
    const tables = [
      T({
        p: 'p',
        k: { const: '1' },
        l: { lookup: LOOKUP.map((step) => ({ ...step, where: { a: 'p' } })) },
        d: { default: 'now()' },
        up: '../x',
        up2: '../y',
        at: '../@z',
        par: '$parent.a',
        par2: '$parent.d',
        either: { path: ['p', '../x'] },
      }),
      U,
    ];
    const [plan] = compile(tables).plans;
    expect(plan?.slots).toEqual([
      { kind: 'ancestor', levels: 1 },
      { kind: 'parent', tables: [1] },
      { kind: 'parent', tables: [0] },
      { kind: 'ancestor', levels: 1 },
    ]);
    const facts = plan?.columns.map(({ name, kind, slot, parents, filledInSql }) => [
      name,
      kind,
      slot,
      parents,
      filledInSql,
    ]);
    expect(facts).toEqual([
      ['p', 'path', null, [], false],
      ['k', 'const', null, [], false],
      ['l', 'lookup', null, [], true],
      ['d', 'default-only', null, [], false],
      ['up', 'ancestor', 0, [], false],
      ['up2', 'ancestor', 0, [], false],
      ['at', 'path', null, [], false],
      ['par', 'parent', 1, [], false],
      ['par2', 'parent', 2, [{ table: 0, column: 3 }], true],
      ['either', 'ancestor', 3, [], false],
    ]);
  });
});
