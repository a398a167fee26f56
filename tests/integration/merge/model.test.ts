import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeClient, openClient, type PgClient } from '#engine/postgres/client';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { type LoadRun, runLoad, undoRun, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { loadModel, type MergedLoad, type State, undoModel } from './model.ts';
import { contentsOf, type Found, readTables } from './read-tables.ts';
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

async function play({ targets, loads, undos }: Scenario): Promise<void> {
  const [first] = loads;
  if (first === undefined) return;
  schemas += 1;
  const schema = `model_${schemas}`;
  if (targets !== 'created')
    await client.query(ddlOf(schema, first, { withReferences: targets === 'keyed', deferrable: false }));
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
    const after = await readTables(client, schema, load.tables);
    expect({
      contents: contentsOf(after),
      report: { tables, warnings, state: ended, rejects: { total: rejects.total, byReason: rejects.byReason } },
    }).toEqual({ contents: contentsOf(expected.state), report: expected.report });
    assertUntouched(before, after, expected);
    before = after;
    state = expected.state;
    runs.push(run);
    merges.push(expected);
  }
  for (const number of undos) {
    const expected = undoModel(first.tables, state, number, merges[number]?.changes ?? new Map(), targets !== 'bare');
    const result = await undoRun(database, runs[number] as LoadRun);
    expect({ contents: contentsOf(await readTables(client, schema, first.tables)), result }).toEqual({
      contents: contentsOf(expected.state),
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
  await fc.assert(fc.asyncProperty(scenario, play), { numRuns: Number(process.env.MODEL_RUNS ?? 60) });
}, 300_000);
