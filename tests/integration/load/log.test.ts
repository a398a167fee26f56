import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openHost } from '#host/job-host';
import { openLog } from '#host/log';
import { builtWorker } from '#tests/helpers/built-worker';
import { createDatabase, embeddedServer } from '#tests/helpers/database';
import { document, element, mappingOf, table } from '#tests/helpers/load-bench';
import { loadSpec, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

test('the log tells per job and worker how long each stage took', async () => {
  using folder = temporaryFolder();
  using home = temporaryFolder();
  await using database = await createDatabase(embeddedServer());
  writeFiles(folder.path, { 'a.xml': document(element('t', { id: 1 })) });
  const { log, close } = openLog({ home: home.path, consoleLevel: 'error' });
  const resolveTarget = async () => database.target;
  const host = await openHost({ home: home.path, workerEntry: await builtWorker(), log, resolveTarget });
  const spec = loadSpec(folder.path, mappingOf(table('t', { id: 'integer' }, { key: ['id'] })));
  await (await host.startLoad(spec)).done;
  await host.close();
  close();

  const logs = join(home.path, 'logs');
  const lines = readdirSync(logs).flatMap((name) => readFileSync(join(logs, name), 'utf8').trim().split('\n'));
  const timings = lines.map((line) => JSON.parse(line)).filter(({ stage }) => stage !== undefined);
  expect(timings.map(({ job, worker, stage, table: name }) => [job, typeof worker, stage, name])).toEqual([
    [1, 'string', 'scan', undefined],
    [1, 'string', 'stage', undefined],
    [1, 'string', 'commit staging', undefined],
    [1, 'string', 'check and merge', 't'],
    [1, 'string', 'commit merge', undefined],
  ]);
  for (const { ms } of timings) expect(ms).toBeGreaterThanOrEqual(0);
});
