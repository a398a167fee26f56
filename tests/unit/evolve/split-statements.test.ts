import { expect, test } from 'vitest';
import { splitStatements } from '#engine/evolve/split-statements';

const texts = (script: string) => splitStatements(script).map(({ text }) => text);

test('statements end at semicolons, and know the line they begin in', () => {
  expect(splitStatements('-- tables\ncreate table a (x int);\n\n/* one;\n two */ create table b (y int)\n')).toEqual([
    { text: 'create table a (x int)', line: 2 },
    { text: 'create table b (y int)', line: 5 },
  ]);
});

test.each([
  `comment on table a is 'x; ''y'';'`,
  String.raw`comment on table a is E'it\'s; so'`,
  'create table "a;b" ("c"";" int)',
  'do $$ begin perform 1; end $$',
  'do $a$ begin perform $$;$$; end $a$',
  'create table a (x int -- one;\n)',
  'create table a (x int /* one; /* two; */ three; */)',
  'create table a$b$ (x int)',
])('a semicolon inside of quotes or comments ends nothing: %s', (statement) => {
  expect(texts(`${statement};\n${statement};`)).toEqual([statement, statement]);
});

test('a backslash in a plain text is a backslash', () => {
  expect(texts(String.raw`select 'a\'; select 2`)).toEqual([String.raw`select 'a\'`, 'select 2']);
});

test('a script without statements has none', () => {
  expect(texts(' ;; -- nothing\n;')).toEqual([]);
});

test.each([
  ['begin', 'BEGIN'],
  ['start transaction', 'START TRANSACTION'],
  ['COMMIT', 'COMMIT'],
  ['end', 'END'],
  ['rollback to x', 'ROLLBACK'],
  ['savepoint x', 'SAVEPOINT'],
  ['/* a */ commit and chain', 'COMMIT'],
])('%s is refused with its line', (statement, word) => {
  expect(() => splitStatements(`create table a (x int);\n${statement};`)).toThrow(`Line 2 of the DDL is ${word}: `);
});

test('a table called commit is none of them', () => {
  expect(texts('create table commit_log (x int); comment on table commit_log is $$commit;$$')).toHaveLength(2);
});
