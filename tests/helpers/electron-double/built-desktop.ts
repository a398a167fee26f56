import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { builtWorker } from '#tests/helpers/built-worker';

const REPOSITORY = join(import.meta.dirname, '../../..');
const BUILT = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'].map((path) =>
  join(REPOSITORY, path),
);
const [ENTRY = ''] = BUILT;

/** The built main process's entry file, built anew when a source of it or of the preload script is younger. */
export function builtDesktop(): string {
  builtWorker();
  if (BUILT.every((path) => existsSync(path)) && statSync(ENTRY).mtimeMs >= youngestSource()) return ENTRY;
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: REPOSITORY, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the build failed: ${built.stdout}${built.stderr}`);
  return ENTRY;
}

function youngestSource(): number {
  const folders = ['main', 'preload'].map((name) => join(REPOSITORY, 'src', name));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return Math.max(...files.filter((path) => path.endsWith('.ts')).map((path) => statSync(path).mtimeMs));
}
