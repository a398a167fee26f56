import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeClient, openClient, type PgClient } from '#engine/postgres/client';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { type LoadRun, runLoad, undoRun, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { keyOf, loadModel, type MergedLoad, type ModelTable, type State, undoModel, type Values } from './model.ts';
import { ddlOf, mappingOf, type Scenario, scenario, xmlOf } from './scenario.ts';

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

interface Found {
  readonly values: Values;
  readonly xmin: string;
}

async function readTables(schema: string, tables: readonly ModelTable[]): Promise<Map<string, Map<string, Found>>> {
  const all = new Map<string, Map<string, Found>>();
  for (const table of tables) {
    const { rows } = await client.query<Record<string, string | null> & { loadstone_xmin: string }>(
      `select ${table.columns.map((column) => `${column}::text`).join(', ')}, xmin::text as loadstone_xmin from ${schema}.${table.name}`,
    );
    const found = rows.map(({ loadstone_xmin: xmin, ...values }) => [keyOf(table, values), { values, xmin }] as const);
    expect(new Set(found.map(([key]) => key)).size).toBe(found.length);
    all.set(table.name, new Map(found));
  }
  return all;
}

function contents(state: State | ReadonlyMap<string, ReadonlyMap<string, Found>>) {
  return Object.fromEntries(
    [...state].map(([name, rows]) => [
      name,
      Object.fromEntries(
        [...rows].map(([key, { values }]) => [key, values] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    ]),
  );
}

async function play({ targets, loads, undos }: Scenario): Promise<void> {
  const [first] = loads;
  if (first === undefined) return;
  schemas += 1;
  const schema = `model_${schemas}`;
  if (targets !== 'created') await client.query(ddlOf(schema, first, targets === 'keyed'));
  let state: State = new Map(first.tables.map(({ name }) => [name, new Map()]));
  const runs: LoadRun[] = [];
  const merges: MergedLoad[] = [];
  let before = new Map<string, Map<string, Found>>();
  for (const [number, load] of loads.entries()) {
    using folder = temporaryFolder();
    writeFiles(folder.path, Object.fromEntries(load.files.map((file) => [file.path, xmlOf(file)])));
    const run = await runLoad(database, folder.path, mappingOf(load), {
      schema,
      skipLoaded: false,
      onConflict: load.onConflict,
    });
    const expected = loadModel(load.tables, state, load.files, number);
    const { tables, warnings, rejects, state: ended } = run.report;
    const after = await readTables(schema, load.tables);
    expect({
      contents: contents(after),
      report: { tables, warnings, state: ended, rejects: { total: rejects.total, byReason: rejects.byReason } },
    }).toEqual({ contents: contents(expected.state), report: expected.report });
    assertUntouched(before, after, expected);
    before = after;
    state = expected.state;
    runs.push(run);
    merges.push(expected);
  }
  for (const number of undos) {
    const expected = undoModel(first.tables, state, number, merges[number]?.changes ?? new Map(), targets !== 'bare');
    const result = await undoRun(database, runs[number] as LoadRun);
    expect({ contents: contents(await readTables(schema, first.tables)), result }).toEqual({
      contents: contents(expected.state),
      result: expected.tables,
    });
    state = expected.state;
  }
  await client.query(`drop schema ${schema} cascade`);
}

/** A row that no record changes is never written. */
function assertUntouched(
  before: ReadonlyMap<string, ReadonlyMap<string, Found>>,
  after: ReadonlyMap<string, ReadonlyMap<string, Found>>,
  { changes }: MergedLoad,
): void {
  for (const [name, rows] of before) {
    for (const [key, { xmin }] of rows) {
      if (changes.get(name)?.before.has(key)) continue;
      expect(after.get(name)?.get(key)?.xmin, `${name} ${key} was written`).toBe(xmin);
    }
  }
}

test('loads and undos of random data end as a plain model says: contents, reports, and rows left alone', async () => {
  await fc.assert(fc.asyncProperty(scenario, play), { numRuns: Number(process.env.MODEL_RUNS ?? 100) });
}, 300_000);
