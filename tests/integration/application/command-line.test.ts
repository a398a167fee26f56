import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPreset } from '#contract/presets';
import { encryptedFileBox } from '#host/secrets/encrypted-file-box';
import { builtWorker } from '#tests/helpers/built-worker';
import { createDatabase, embeddedServer } from '#tests/helpers/database';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { openApp, rest } from './open-app.ts';

/** What a window saved and did, taken up by the command line. */
const REPOSITORY = join(import.meta.dirname, '../../..');
const EXAMPLE = join(REPOSITORY, 'examples/land-records');

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** Runs a line in a POSIX shell; `loadstone` is the built command. */
async function shell(line: string, env: NodeJS.ProcessEnv) {
  const command = `loadstone() { "${process.execPath}" "${REPOSITORY}/bin/loadstone.cjs" "$@"; }; ${line}`;
  const whole = { PATH: process.env.PATH, LOADSTONE_HOME: join(folder.path, 'home'), ...env };
  const ran = promisify(execFile)('/bin/sh', ['-c', command], { env: whole });
  const ended = (await ran.catch((error) => error)) as { code?: number; stdout: string; stderr: string };
  return { code: ended.code ?? 0, out: ended.stdout, err: ended.stderr };
}

test('the command a job shows does the same, over the saved connection and its encrypted password', async () => {
  await using database = await createDatabase(embeddedServer());
  const { password = '', timeZone: _, ...place } = database.target;
  const { app, client } = await openApp(folder.path, builtWorker(), { secrets: encryptedFileBox('key') });
  const form = { name: 'Sở TN&MT', ...place, ssl: 'disable' as const, password };
  const { ref: connection } = await client.connections.save({ form });
  const preset = findPreset('vn-land-records');
  if (!preset) throw new Error('the preset is gone');
  await client.jobs.start({
    ...{ paths: [EXAMPLE], connection, mapping: { ...preset, name: 'mine' } },
    ...{ onError: 'row', batchSize: 20_000, dryRun: true, skipLoaded: true },
  });
  const last = (await rest(await client.jobs.watch({ number: 1 }))).at(-1);
  if (last?.type !== 'changed') throw new Error('it did not end');
  const { command, report } = last.detail;
  await app.close();
  expect(command).toContain("--to 'Sở TN&MT'");
  const again = await shell(`${command} --json`, { LOADSTONE_SECRET_KEY: 'key' });
  const document = JSON.parse(again.out);
  expect([document.state, document.tables]).toEqual([report?.state, report?.tables]);
  const key = { LOADSTONE_SECRET_KEY: 'key' };
  const { job } = JSON.parse(
    (await shell(`loadstone load "${EXAMPLE}" --mapping vn-land-records --to 'Sở TN&MT' --json`, key)).out,
  );
  const csv = join(folder.path, 'rejects.csv');
  const rejects = await shell(`loadstone rejects ${job} --out "${csv}" --json`, key);
  const retry = await shell(`loadstone rejects retry ${job} "${csv}" --dry-run --json`, key);
  expect([rejects.code, JSON.parse(rejects.out).total, JSON.parse(retry.out).imported]).toEqual([
    ...[0, 2],
    expect.objectContaining({ corrected: 0, untouched: 2 }),
  ]);
  const without = await shell(command, {});
  expect(without.err).toContain('LOADSTONE_SECRET_KEY');
  expect(without.err).toContain('asks for the password');
  expect(without.code).toBe(2);
  const unknown = await shell('loadstone load /tmp --mapping vn-land-records --to nowhere', {});
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('"Sở TN&MT"')]);
});
