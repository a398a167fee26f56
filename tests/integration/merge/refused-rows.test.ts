import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MappingInput } from '#contract/mapping';
import { closeClient, openClient, type PgClient } from '#engine/postgres/client';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { type LoadRun, runLoad, undoRun, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import type { State } from './model.ts';
import { contentsOf, readTables } from './read-tables.ts';
import { loadRefused, loadRefusedFiles, type Refuses } from './refusals.ts';
import { ddlOf, type Load, mappingOf, type RefusedLoad, refusals, xmlOf } from './scenario.ts';

let database: TestDatabase;
let client: PgClient;
let schemas = 0;

beforeAll(async () => {
  database = await createDatabase(embeddedServer());
  client = await openClient(database.target, { applicationName: 'test helper' });
});

afterAll(async () => {
  await closeClient(client);
  await database.drop();
});

/** The same rules as `objections`. */
const refuses: Refuses = (table, values) =>
  (table === 'person' && values.a === 'y') ||
  (table === 'deed' && values.w === 'some' && values.doc !== null) ||
  (table === 'note' && values.at?.startsWith('2021') === true);

/** A check, a trigger that raises an SQLSTATE of its own, and one that drops the row without a word. */
const objections = (schema: string) => `
  alter table ${schema}.person add check (a <> 'y');
  create function ${schema}.object() returns trigger language plpgsql as $$
    begin
      if new.w = 'some' and new.doc is not null then raise 'not this one' using errcode = 'LS001'; end if;
      return null;
    end $$;
  create trigger object after insert or update on ${schema}.deed for each row execute function ${schema}.object();
  create function ${schema}.swallow() returns trigger language plpgsql as $$
    begin return case when new.at < '2021-01-01' or new.at is null then new end; end $$;
  create trigger swallow before insert or update on ${schema}.note for each row execute function ${schema}.swallow();`;

async function prepare({ targets, first, second }: RefusedLoad): Promise<{ schema: string; state: State }> {
  schemas += 1;
  const schema = `refused_${schemas}`;
  const options = { withReferences: targets !== 'bare', deferrable: targets === 'deferrable' };
  await client.query(ddlOf(schema, second, options) + objections(schema));
  const none: State = new Map(first.tables.map(({ name }) => [name, new Map()]));
  await load(schema, first);
  return { schema, state: loadRefused(first.tables, none, first.files, refuses).state };
}

async function load(schema: string, given: Load, onError: 'row' | 'file' = 'row'): Promise<LoadRun> {
  using folder = temporaryFolder();
  writeFiles(folder.path, Object.fromEntries(given.files.map((file) => [file.path, xmlOf(file)])));
  const { onConflict, resolutions } = given;
  const order = { schema, skipLoaded: false, onConflict, resolutions, onError };
  return await runLoad(database, folder.path, mappingOf(given), order);
}

async function refusesRows(given: RefusedLoad): Promise<void> {
  const { schema, state } = await prepare(given);
  const run = await load(schema, given.second);
  const { tables, rejects, warnings } = run.report;
  const expected = loadRefused(given.second.tables, state, given.second.files, refuses);
  const { total, byReason } = rejects;
  expect({
    contents: contentsOf(await readTables(client, schema, given.second.tables)),
    report: { tables, warnings, rejects: { total, byReason } },
  }).toEqual({
    contents: contentsOf(expected.state),
    report: {
      tables: expected.report.tables,
      warnings: expected.report.warnings,
      rejects: expected.report.rejects,
    },
  });
  const undone = Object.values(await undoRun(database, run));
  expect({
    contents: contentsOf(await readTables(client, schema, given.second.tables)),
    conflicts: undone.reduce((sum, { conflicts }) => sum + conflicts, 0),
  }).toEqual({ contents: contentsOf(state), conflicts: 0 });
  await client.query(`drop schema ${schema} cascade`);
}

async function refusesFiles(given: RefusedLoad): Promise<void> {
  const { schema, state } = await prepare(given);
  const { merged, failed } = loadRefusedFiles(given.second.tables, state, given.second.files, refuses);
  const isAll = failed.length === given.second.files.length;
  const ended = await load(schema, given.second, 'file').then(
    ({ report: { files, tables, rejects } }) => ({
      failed: files.failures.map(({ path }) => path).sort(),
      tables,
      rejects: rejects.total,
    }),
    (error: { code: string }) => error.code,
  );
  expect({ contents: contentsOf(await readTables(client, schema, given.second.tables)), ended }).toEqual({
    contents: contentsOf(isAll ? state : merged.state),
    ended: isAll ? 'ALL_FILES_FAILED' : { failed: [...failed].sort(), tables: merged.report.tables, rejects: 0 },
  });
  await client.query(`drop schema ${schema} cascade`);
}

const numRuns = Number(process.env.MODEL_RUNS ?? 30);

test(
  'exactly the rows that a check or a trigger refuses are rejected, with what hangs on them; the rest goes in, and can be taken back',
  async () => {
    await fc.assert(fc.asyncProperty(refusals, refusesRows), { numRuns });
  },
  300_000 + numRuns * 3_000,
);

test(
  'with --on-error file exactly the files that hold refused rows fail',
  async () => {
    await fc.assert(fc.asyncProperty(refusals, refusesFiles), { numRuns });
  },
  300_000 + numRuns * 3_000,
);

interface Placed {
  readonly id: number;
  readonly place: number | null;
}

const placed = fc.array(fc.option(fc.integer({ min: 1, max: 6 }), { nil: null, freq: 4 }), { maxLength: 12 });

/** Ids in an order of their own, so that neither key nor place follows the document. */
const number = (places: readonly (number | null)[], from: number): Placed[] =>
  places.map((place, i) => ({ id: from + ((i * 7) % 13), place }));

test(
  'of rows that want the same unique value the first in the document gets it',
  async () => {
    const property = fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 2 }),
      placed,
      async (there, places) => {
        schemas += 1;
        const schema = `unique_${schemas}`;
        await client.query(
          `create schema ${schema}; create table ${schema}.item (id int primary key, place int unique)`,
        );
        for (const { id, place } of number(there, 1))
          await client.query(`insert into ${schema}.item values (${id}, ${place})`);
        const rows = number(places, 100);
        using folder = temporaryFolder();
        const xml = rows
          .map(({ id, place }) => `<item id="${id}" ${place === null ? '' : `place="${place}"`}/>`)
          .join('');
        writeFiles(folder.path, { 'a.xml': `<data>${xml}</data>` });
        const { report } = await runLoad(database, folder.path, UNIQUE_MAPPING, { schema });
        const taken = new Set<number>(there);
        const good = rows.filter(({ place }) => {
          const isFree = place === null || !taken.has(place);
          if (place !== null) taken.add(place);
          return isFree;
        });
        const { rows: found } = await client.query(`select id, place from ${schema}.item where id >= 100 order by id`);
        expect({ found, rejected: report.rejects.byReason }).toEqual({
          found: good.toSorted((a, b) => a.id - b.id),
          rejected: good.length < rows.length ? { CONSTRAINT: rows.length - good.length } : {},
        });
      },
    );
    await fc.assert(property, { numRuns });
  },
  300_000 + numRuns * 3_000,
);

const UNIQUE_MAPPING: MappingInput = {
  version: 1,
  name: 'm',
  source: { format: 'xml' },
  tables: [
    {
      name: 'item',
      records: 'item',
      key: ['id'],
      columns: [
        { name: 'id', path: '@id', type: 'integer' },
        { name: 'place', path: '@place', type: 'integer' },
      ],
    },
  ],
};
