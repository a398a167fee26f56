import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const REPOSITORY = join(import.meta.dirname, '../..');
const ENTRY = join(REPOSITORY, 'out/main/worker.js');

/** The built worker's entry file, built anew when a source is younger. */
export function builtWorker(): string {
  if (existsSync(ENTRY) && statSync(ENTRY).mtimeMs >= youngestSource()) return ENTRY;
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: REPOSITORY, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the build failed: ${built.stdout}${built.stderr}`);
  return ENTRY;
}

function youngestSource(): number {
  const folders = ['contract', 'engine', 'worker', 'host'].map((name) => join(REPOSITORY, 'src', name));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return Math.max(...files.filter((path) => path.endsWith('.ts')).map((path) => statSync(path).mtimeMs));
}
