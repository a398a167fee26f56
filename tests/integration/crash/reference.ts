import { join } from 'node:path';
import { expect } from 'vitest';
import { createDatabase } from '#tests/helpers/database';
import type { TestServer } from '#tests/helpers/global-servers';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { contentOf, countsOf, type Reference } from './content.ts';
import { loadSpec, openRealHost, refOf } from './real-host.ts';

export interface Undisturbed extends Reference {
  readonly usualMs: number;
}

/** Loads the folder without any disturbance: what comes out, and how long it takes. */
export async function uninterrupted(server: TestServer, data: string): Promise<Undisturbed> {
  using home = temporaryFolder();
  await using database = await createDatabase(server);
  const host = await openRealHost(join(home.path, 'home'), database.target);
  try {
    const since = performance.now();
    const { number, report, error } = await host.startLoad(loadSpec(data, refOf(database.target))).done;
    const usualMs = performance.now() - since;
    if (report === undefined) throw new Error(`The undisturbed load failed: ${error?.message}`);
    const { facts } = host.showJob(number).events.find(({ event }) => event === 'prepared') ?? {};
    // Enough pieces for kills to fall between them, and not one per file, which would cost more than it saves.
    expect(facts?.chunks).toBeGreaterThan(3);
    expect(facts?.chunks).toBeLessThan(50);
    return { content: await contentOf(database), counts: countsOf(report), usualMs };
  } finally {
    await host.close();
  }
}
