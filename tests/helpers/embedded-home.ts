import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stopEmbedded } from '#engine/postgres/embedded/embedded';

/** Stops a home's server and removes all its data, also where it lies outside the home. The home itself stays. */
export async function removeEmbedded(home: string): Promise<void> {
  await stopEmbedded({ home });
  const note = join(home, 'postgres-location');
  if (existsSync(note)) rmSync(readFileSync(note, 'utf8').trim(), { recursive: true, force: true });
  rmSync(join(home, 'postgres'), { recursive: true, force: true });
}
