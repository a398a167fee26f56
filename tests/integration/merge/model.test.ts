import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UndoResult } from '#contract/undo';
import { closeClient, openClient, type PgClient } from '#engine/postgres/client';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { failureOf, type LoadRun, runLoad, undoRun, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { loadModel, type MergedLoad, type State, undoModel } from './model.ts';
import { contentsOf, type Found, readTables } from './read-tables.ts';
import { ddlOf, mappingOf, type Scenario, scenario, xmlOf } from './scenario.ts';

const numRuns = Number(process.env.MODEL_RUNS ?? 60);

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

async function play({ targets, loads, undos }: Scenario): Promise<void> {
  const [first] = loads;
  if (first === undefined) return;
  schemas += 1;
  const schema = `model_${schemas}`;
  if (targets !== 'created')
    await client.query(ddlOf(schema, first, { withReferences: targets === 'keyed', deferrable: false }));
  let state: State = new Map(first.tables.map(({ name }) => [name, new Map()]));
  const runs: { readonly run: LoadRun | null; readonly merged: MergedLoad }[] = [];
  /** Null while there are no tables. */
  let before: Map<string, Map<string, Found>> | null =
    targets === 'created' ? null : await readTables(client, schema, first.tables);
  for (const [number, load] of loads.entries()) {
    using folder = temporaryFolder();
    writeFiles(folder.path, Object.fromEntries(load.files.map((file) => [file.path, xmlOf(file)])));
    const { onConflict, resolutions } = load;
    const loading = runLoad(database, folder.path, mappingOf(load), {
      schema,
      skipLoaded: false,
      onConflict,
      resolutions,
    });
    const expected = loadModel(load.tables, state, load.files, number);
    if (expected.fails) {
      expect((await failureOf(loading)).code).toBe('CONFLICTS_FOUND');
      if (before !== null) expect(await readTables(client, schema, load.tables)).toEqual(before);
      runs.push({ run: null, merged: expected });
      continue;
    }
    const run = await loading;
    const { tables, warnings, rejects, state: ended } = run.report;
    const after = await readTables(client, schema, load.tables);
    expect({
      contents: contentsOf(after),
      report: { tables, warnings, state: ended, rejects: { total: rejects.total, byReason: rejects.byReason } },
    }).toEqual({ contents: contentsOf(expected.state), report: expected.report });
    assertUntouched(before ?? new Map(), after, expected);
    before = after;
    state = expected.state;
    runs.push({ run, merged: expected });
  }
  for (const number of undos) {
    const { run = null, merged } = runs[number] ?? {};
    if (run === null) continue;
    const expected = undoModel(first.tables, state, number, merged?.changes ?? new Map(), targets !== 'bare');
    const result = await undoRun(database, run);
    const found = { contents: contentsOf(await readTables(client, schema, first.tables)), result };
    expect({ ...found, left: await keptConflicts(run.loadId) }).toEqual({
      contents: contentsOf(expected.state),
      result: expected.tables,
      left: leftIn(expected.tables),
    });
    state = expected.state;
  }
  await client.query(`drop schema if exists ${schema} cascade`);
}

/** How many rows of each table are kept as left by the undo. What the model leaves, no trigger or rule has kept. */
async function keptConflicts(loadId: string): Promise<Record<string, number>> {
  const { rows } = await client.query<{ name: string; count: number }>(
    `select table_name as name, count(distinct (act, key))::int as count from loadstone.undo_conflicts
     where load_id = $1 and reason <> 'refused' group by 1`,
    [loadId],
  );
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

function leftIn(tables: UndoResult['tables']): Record<string, number> {
  const left = Object.entries(tables).filter(([, { conflicts }]) => conflicts > 0);
  return Object.fromEntries(left.map(([name, { conflicts }]) => [name, conflicts]));
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

test(
  'loads and undos of random data end as a plain model says: contents, reports, and rows left alone',
  async () => {
    await fc.assert(fc.asyncProperty(scenario, play), { numRuns });
  },
  300_000 + numRuns * 3_000,
);
