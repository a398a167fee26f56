import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MappingInput } from '#contract/mapping';
import { finishLoad, prepareLoad, stageChunks } from '#engine/door';
import { DirectSession } from '#engine/load/direct-session';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { loadSpec, runLoad, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const MAPPING: MappingInput = {
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
        { name: 'v', path: 'v', type: 'text' },
      ],
    },
  ],
};

let database: TestDatabase;
let folder: ReturnType<typeof temporaryFolder>;

beforeEach(async () => {
  database = await createDatabase(embeddedServer());
  folder = temporaryFolder();
});

afterEach(async () => {
  await database.drop();
  folder.remove();
});

const items = (count: number) => `<data>${'<item id="1"><v>x</v></item>'.repeat(count)}</data>`;
const quiet = { onRetry: () => undefined, onProgress: () => undefined, onTiming: () => undefined };

test('a merge that is cancelled at any moment leaves a connection that works, and the load can be merged later', async () => {
  await database.query(`create table item (id int primary key, v text);
    create function slow() returns trigger language plpgsql as 'begin perform pg_sleep(0.02); return new; end';
    create trigger slow before insert on item for each row execute function slow()`);
  writeFiles(folder.path, { 'a.xml': items(1).replace('</data>', `${'<item id="2"/><item id="3"/>'}</data>`) });
  const spec = loadSpec(folder.path, MAPPING);
  const session = new DirectSession(database.target);
  try {
    const { signal } = new AbortController();
    const { fence, chunks } = await prepareLoad(session, { ...quiet, spec, signal, resume: false });
    const waiting = [...chunks];
    await stageChunks(session, { ...quiet, spec, signal, fence, nextChunk: async () => waiting.shift() ?? null });
    for (const after of [0, 1, 3, 5, 10, 20, 40, 60, 80]) {
      const abort = new AbortController();
      const merging = finishLoad(session, { ...quiet, spec, fence, signal: abort.signal, startedAt: Date.now() });
      const ended = merging.then(
        () => 'merged',
        (error: unknown) => (error === abort.signal.reason ? 'cancelled' : error),
      );
      await sleep(after);
      abort.abort();
      const how = await ended;
      if (how === 'merged') break;
      expect(how).toBe('cancelled');
      const client = await session.connect(signal);
      const { rows } = await client.query(
        'select count(*)::int as count, pg_current_xact_id_if_assigned() as xid from item',
      );
      expect(rows).toEqual([{ count: 0, xid: null }]);
    }
    const report = await finishLoad(session, { ...quiet, spec, fence, signal, startedAt: Date.now() });
    expect(report.tables.item).toMatchObject({ read: 3, inserted: 3 });
  } finally {
    await session.close();
  }
});

test('a text of many megabytes arrives whole', async () => {
  const long = 'ướt & "khô" \\ \t '.repeat(1_500_000);
  writeFiles(folder.path, { 'a.xml': `<data><item id="1"><v>${long.replaceAll('&', '&amp;')}</v></item></data>` });
  await runLoad(database, folder.path, { ...MAPPING, defaults: { trim: false } });
  expect(
    await database.query(`select length(v) as length, md5(v) = md5(repeat($1, 1500000)) as same from item`, [
      'ướt & "khô" \\ \t ',
    ]),
  ).toEqual([{ length: long.length, same: true }]);
});
