import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LoadSpec } from '#contract/load';
import type { FileChunk, PrepareResult } from '#contract/worker-messages';
import { DirectSession } from '#engine/load/direct-session';
import { finishLoad } from '#engine/load/finish-load';
import { prepareLoad } from '#engine/load/prepare-load';
import { stageChunks } from '#engine/load/stage-chunks';
import { stagingNames } from '#engine/model/staging-names';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { writeDossiers } from './dossier-folder.ts';
import { loadSpec, refOf } from './real-host.ts';

const run = {
  signal: new AbortController().signal,
  onRetry: () => undefined,
  onProgress: () => undefined,
  onTiming: () => undefined,
};

let folder: ReturnType<typeof temporaryFolder>;
let database: TestDatabase;
let spec: LoadSpec;
const sessions: DirectSession[] = [];

beforeEach(async () => {
  folder = temporaryFolder();
  const data = join(folder.path, 'data');
  writeDossiers(data, { dossiers: 300, together: 0 });
  database = await createDatabase(embeddedServer());
  spec = loadSpec(data, refOf(database.target));
});

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
  await database.drop();
  folder.remove();
});

function session(): DirectSession {
  const opened = new DirectSession(database.target);
  sessions.push(opened);
  return opened;
}

/** Prepares as a lead does; a lead that dies loses its connection, and with it the lock. */
async function prepareAndDie(resume: boolean): Promise<PrepareResult> {
  const lead = session();
  const prepared = await prepareLoad(lead, { ...run, spec, resume });
  await lead.close();
  return prepared;
}

function stage(fence: number, chunks: readonly (FileChunk | undefined)[]) {
  const left = chunks.filter((chunk) => chunk !== undefined);
  return stageChunks(session(), { ...run, spec, fence, nextChunk: async () => left.shift() ?? null });
}

async function stagedFiles(): Promise<number> {
  return (await database.query(`select from ${stagingNames(spec.loadId).staged}`)).length;
}

test('a worker of an earlier run that comes too late is refused, and nothing of it is staged', async () => {
  const before = await prepareAndDie(false);
  await stage(before.fence, before.chunks.slice(0, 1));
  const staged = await stagedFiles();
  expect(staged).toBeGreaterThan(0);
  const after = await prepareAndDie(true);
  expect(after.fence).toBe(before.fence + 1);
  await expect(stage(before.fence, before.chunks.slice(1, 2))).rejects.toMatchObject({ code: 'LOAD_FENCED' });
  expect(await stagedFiles()).toBe(staged);
  await stage(after.fence, after.chunks);
  expect(await stagedFiles()).toBe(after.files.found);
});

test('a merge of an earlier run is refused, also when everything is staged', async () => {
  const before = await prepareAndDie(false);
  await stage(before.fence, before.chunks);
  const after = await prepareAndDie(true);
  // The file that failed is read again by every run.
  await stage(after.fence, after.chunks);
  const finish = (fence: number) => finishLoad(session(), { ...run, spec, fence, startedAt: Date.now() });
  await expect(finish(before.fence)).rejects.toMatchObject({ code: 'LOAD_FENCED' });
  expect(await database.query('select from loadstone.loads')).toEqual([]);
  await Promise.all(sessions.splice(0).map((open) => open.close()));
  const { state } = await finish(after.fence);
  expect(state).toBe('succeeded_with_rejects');
});

test('a chunk that two workers stage is there once', async () => {
  const { fence, chunks } = await prepareAndDie(false);
  await stage(fence, chunks.slice(0, 1));
  const staged = await stagedFiles();
  await stage(fence, chunks.slice(0, 1));
  expect(await stagedFiles()).toBe(staged);
  const both = await Promise.allSettled([stage(fence, chunks.slice(1, 2)), stage(fence, chunks.slice(1, 2))]);
  expect(both.map(({ status }) => status)).toContain('fulfilled');
  const twice = await database.query(
    `select file, seq from ${stagingNames(spec.loadId).rows(0)} group by file, seq having count(*) > 1`,
  );
  expect(twice).toEqual([]);
});
