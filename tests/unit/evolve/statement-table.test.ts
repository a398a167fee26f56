import { expect, test } from 'vitest';
import { statementTable } from '#engine/evolve/statement-table';

test.each([
  ['create table "public"."thửa đất" (\n  "a" text\n)', 'public.thửa đất'],
  ['CREATE UNLOGGED TABLE IF NOT EXISTS t (a text)', 't'],
  ['alter table only land . t\n  add column x text', 'land.t'],
  ['create unique index "on" on "public"."t" ("id")', 'public.t'],
  ['create index on t (id)', 't'],
  [`comment on table "a""b" is 'on t'`, 'a"b'],
  [`comment on column "public"."t"."x" is 'y'`, 'public.t'],
  ['create schema "land"', undefined],
  ['select pg_sleep(1)', undefined],
])('%s is about %s', (sql, table) => {
  expect(statementTable(sql)).toBe(table);
});
