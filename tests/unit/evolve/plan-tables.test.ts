import { describe, expect, test } from 'vitest';
import type { TablesPlan } from '#contract/tables-plan';
import { mappingOf, table } from '#tests/helpers/load-bench';
import { planFor } from './tables.ts';

const lines = ({ changes }: TablesPlan) =>
  changes.map(({ table: name, kind, columns, from, to, safety, outcome }) =>
    [name, kind, columns.join('+'), from ?? '-', to ?? '-', safety, outcome].join(' '),
  );
const reasons = ({ changes }: TablesPlan) => changes.map(({ reason }) => reason);

const KEY = { key: ['id'] };
const book = (columns: Parameters<typeof table>[1]) => mappingOf(table('Book', columns, KEY));

describe('tables that are missing', () => {
  const mapping = mappingOf(
    table(
      'made.item',
      { id: 'integer', kind: 'text', at: { type: 'date', default: 'now()' } },
      { ...KEY, references: [{ columns: ['kind'], table: 'kind', on: ['id'] }] },
    ),
    table('kind', { id: 'text', note: { type: 'text', const: 'it’s "it"' } }, KEY),
  );

  test('are created with schema, keys, references, indexes and where their content comes from', () => {
    const plan = planFor(mapping, {}, 'evolve', ['made']);
    expect({ lines: lines(plan), ddl: plan.ddl, state: plan.state }).toEqual({
      state: 'differs',
      lines: [
        'kind create-table  - public.kind safe made',
        'kind comment  - public.kind safe made',
        'made.item create-table  - made.item safe made',
        'made.item comment  - made.item safe made',
      ],
      ddl: [
        'create schema "made"',
        'create table "made"."item" (\n  "id" integer not null,\n  "kind" text,\n  "at" date default now()\n)',
        'create table "public"."kind" (\n  "id" text not null,\n  "note" text\n)',
        'alter table "made"."item" add primary key ("id")',
        'alter table "public"."kind" add primary key ("id")',
        'alter table "made"."item" add foreign key ("kind") references "public"."kind" ("id") on delete no action',
        'create index on "made"."item" ("kind")',
        `comment on table "made"."item" is 'from /r/made.item'`,
        `comment on column "made"."item"."id" is 'from id'`,
        `comment on column "made"."item"."kind" is 'from kind'`,
        `comment on table "public"."kind" is 'from /r/kind'`,
        `comment on column "public"."kind"."id" is 'from id'`,
        `comment on column "public"."kind"."note" is E'constant "it’s \\\\"it\\\\""'`,
      ],
    });
  });

  test('are created under discard-column too, and refused under freeze', () => {
    expect(planFor(mapping, {}, 'discard-column').state).toBe('differs');
    expect(planFor(mapping, {}, 'freeze')).toMatchObject({ state: 'refused', ddl: [] });
  });
});

describe('an existing table', () => {
  test('that fits needs nothing, also where it is wider and has more', () => {
    const mapping = book({ id: 'integer', title: 'varchar(20)' });
    const columns = { id: 'bigint', title: 'character varying(255)', more: 'date', state: 'text default' };
    expect(planFor(mapping, { book: { columns, key: ['id'] } })).toEqual({
      policy: 'evolve',
      state: 'equal',
      changes: [],
      ddl: [],
    });
  });

  test('is altered by one statement, however much is to be done', () => {
    const mapping = book({
      id: 'bigint',
      title: 'text',
      price: { type: 'numeric(9,2)', nullable: false },
      seen: { type: 'timestamptz', default: 'now()', nullable: false },
    });
    const plan = planFor(mapping, { book: { columns: { id: 'integer', title: 'character varying(9)' }, key: ['id'] } });
    expect({ lines: lines(plan), reasons: reasons(plan), ddl: plan.ddl }).toEqual({
      lines: [
        'Book widen-type id integer bigint safe made',
        'Book widen-type title character varying(9) text safe made',
        'Book add-column price - numeric(9,2) safe made',
        'Book add-column seen - timestamptz safe made',
      ],
      reasons: [
        'every value is kept; PostgreSQL writes the table anew, after which earlier loads into it cannot be undone',
        'every value is kept',
        'the rows that are there have no value, so it may be null',
        'the rows that are there get its default',
      ],
      ddl: [
        'alter table "public"."book"\n  alter column "id" type bigint,\n  alter column "title" type text,\n  add column "price" numeric(9,2),\n  add column "seen" timestamptz default now() not null',
        `comment on column "public"."book"."price" is 'from price'`,
      ],
    });
  });

  test('without rows gets columns that must be filled', () => {
    const mapping = book({ id: 'integer', title: { type: 'text', nullable: false } });
    const plan = planFor(mapping, { book: { columns: { id: 'integer' }, key: ['id'], facts: { isEmpty: true } } });
    expect(plan.ddl[0]).toBe('alter table "public"."book"\n  add column "title" text not null');
  });

  test('keeps the collation of a column whose type is widened', () => {
    const facts = { collations: { title: '"public"."vi"' } };
    const columns = { id: 'integer', title: 'character varying(9)' };
    const plan = planFor(book({ id: 'integer', title: 'text' }), { book: { columns, key: ['id'], facts } });
    expect(plan.ddl).toEqual(['alter table "public"."book"\n  alter column "title" type text collate "public"."vi"']);
  });

  test('is left alone when one of several changes loses something', () => {
    const mapping = book({ id: 'integer', title: 'text', born: 'timestamp' });
    const plan = planFor(mapping, {
      book: { columns: { id: 'integer', title: 'character varying(9)', born: 'date' }, key: ['id'] },
    });
    expect({ state: plan.state, ddl: plan.ddl, lines: lines(plan), reason: reasons(plan)[1] }).toEqual({
      state: 'refused',
      ddl: [],
      lines: [
        'Book widen-type title character varying(9) text safe made',
        'Book widen-type born date timestamp lossy refused',
      ],
      reason: 'a date has no time of day: midnight would be made up',
    });
  });

  test.each([
    [{ fixed: { title: 'the view v reads it' } }, 'its type cannot be altered: the view v reads it'],
    [{ fixed: { title: 'its type is the domain d' } }, 'its type cannot be altered: its type is the domain d'],
  ])('cannot have a type altered that something holds (%j)', (facts, reason) => {
    const columns = { id: 'integer', title: 'character varying(9)' };
    const plan = planFor(book({ id: 'integer', title: 'text' }), { book: { columns, key: ['id'], facts } });
    expect({ lines: lines(plan), reasons: reasons(plan) }).toEqual({
      lines: ['Book widen-type title character varying(9) text impossible refused'],
      reasons: [reason],
    });
  });

  test('that fills what the mapping fills, or wants what it does not fill, is refused', () => {
    const columns = { id: 'integer always', title: 'text', must: 'date not null' };
    const plan = planFor(book({ id: 'integer', title: 'text' }), { book: { columns, key: ['id'] } });
    expect(lines(plan)).toEqual([
      'Book fill-column id integer integer impossible refused',
      'Book fill-column must date - impossible refused',
    ]);
  });

  test('with a type that is not known takes values by a cast, but not as a key', () => {
    const mapping = book({ id: 'text', kind: 'text' });
    expect(lines(planFor(mapping, { book: { columns: { id: 'text', kind: 'mood' }, key: ['id'] } }))).toEqual([]);
    expect(lines(planFor(mapping, { book: { columns: { id: 'mood', kind: 'text' }, key: ['id'] } }))).toEqual([
      'Book widen-type id mood text lossy refused',
    ]);
  });
});

describe('keys, references and indexes', () => {
  const mapping = mappingOf(
    table(
      'author',
      { name: 'text', book: 'integer' },
      { key: ['name'], references: [{ columns: ['book'], table: 'book', on: ['id'] }] },
    ),
    table('book', { id: 'integer' }, KEY),
  );
  const columns = { name: 'text', book: 'integer' };
  const parent = { columns: { id: 'integer' }, key: ['id'] };

  test('are added to a table that has none', () => {
    const plan = planFor(mapping, { author: { columns }, book: parent });
    expect(plan.ddl).toEqual([
      'alter table "public"."author" add primary key ("name")',
      'alter table "public"."author" add foreign key ("book") references "public"."book" ("id") on delete no action',
      'create index on "public"."author" ("book")',
    ]);
  });

  test('are a unique key beside a primary key that is another', () => {
    const plan = planFor(mapping, {
      author: { columns: { ...columns, id: 'bigint default' }, key: ['id'] },
      book: parent,
    });
    expect(plan.ddl[0]).toBe('alter table "public"."author" add unique ("name")');
  });

  test('are refused when the rows do not allow them, saying how many', () => {
    const author = { columns, keyConflict: 'values of it that several rows have: 2', orphans: { 0: 3 } };
    const plan = planFor(mapping, { author, book: parent });
    expect({ state: plan.state, reasons: reasons(plan).slice(0, 2) }).toEqual({
      state: 'refused',
      reasons: ['values of it that several rows have: 2', 'rows that are there and refer to nothing: 3'],
    });
  });

  test('are there when the target has them, in whatever order', () => {
    const references = [
      { name: 'f', columns: ['book'], schema: 'public', table: 'book', on: ['id'], deferrable: false },
    ];
    const facts = { indexes: [['name'], ['book', 'name']] };
    expect(planFor(mapping, { author: { columns, key: ['name'], references, facts }, book: parent }).state).toBe(
      'equal',
    );
  });

  test('a parent is widened before what refers to it', () => {
    const wide = mappingOf(
      table(
        'author',
        { name: 'text', book: 'bigint' },
        { key: ['name'], references: [{ columns: ['book'], table: 'book', on: ['id'] }] },
      ),
      table('book', { id: 'bigint' }, KEY),
    );
    const plan = planFor(wide, { author: { columns, key: ['name'] }, book: parent });
    expect(plan.ddl.slice(0, 2)).toEqual([
      'alter table "public"."book"\n  alter column "id" type bigint',
      'alter table "public"."author"\n  alter column "book" type bigint',
    ]);
  });
});

describe('policies', () => {
  const mapping = book({ id: 'integer', title: 'text', more: 'date' });
  const target = { book: { columns: { id: 'integer', title: 'character varying(9)' }, key: ['id'] } };

  test('freeze refuses all that is missing', () => {
    expect(lines(planFor(mapping, target, 'freeze'))).toEqual([
      'Book widen-type title character varying(9) text safe refused',
      'Book add-column more - date safe refused',
    ]);
  });

  test('discard-column leaves existing tables as they are', () => {
    const plan = planFor(mapping, target, 'discard-column');
    expect({ lines: lines(plan), reasons: reasons(plan), ddl: plan.ddl, state: plan.state }).toEqual({
      lines: ['Book widen-type title character varying(9) text safe left', 'Book add-column more - date safe left'],
      reasons: [
        'stays as it is: a load rejects the values that do not fit',
        'the target lacks it: left out of the mapping',
      ],
      ddl: [],
      state: 'differs',
    });
  });

  test('discard-column refuses to leave out a key', () => {
    const plan = planFor(mapping, { book: { columns: { title: 'text', more: 'date' } } }, 'discard-column');
    expect({ state: plan.state, lines: lines(plan) }).toEqual({
      state: 'refused',
      lines: ['Book add-column id - integer safe left', 'Book add-key id - primary key safe refused'],
    });
  });
});
