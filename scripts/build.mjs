// Builds every entry (main, worker, server, cli, preload, renderer) and checks that only `index` knows Electron.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

const bin = (name) => join('node_modules', '.bin', name);
const built = spawnSync(process.execPath, [bin('electron-vite'), 'build', '--logLevel', 'warn'], {
  stdio: ['ignore', 'pipe', 'pipe'],
  encoding: 'utf8',
});
if (built.status !== 0) {
  process.stderr.write(`${built.stdout}${built.stderr}`);
  process.exit(built.status ?? 1);
}

// The package's own command, so that `npx loadstone` finds it in a checkout: npm links the bins of dependencies only,
// and with a "bin" of its own it would try to install the package first.
mkdirSync('node_modules/.bin', { recursive: true });
rmSync('node_modules/.bin/loadstone', { force: true });
symlinkSync('../../bin/loadstone.cjs', 'node_modules/.bin/loadstone');

const importsElectron = /(?:from\s*|import\s*|import\(|require\()["']electron["']/;
/** @returns every file of out/main that `entry` loads, itself included. */
function reach(entry, seen = new Set()) {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const text = readFileSync(join('out/main', entry), 'utf8');
  for (const [, path] of text.matchAll(/(?:from|import)\s*\(?["'](\.[^"']+\.js)["']/g)) {
    reach(join(dirname(entry), path), seen);
  }
  return seen;
}
for (const entry of readdirSync('out/main').filter((name) => ['worker.js', 'server.js', 'cli.js'].includes(name))) {
  for (const file of reach(entry)) {
    if (!importsElectron.test(readFileSync(join('out/main', file), 'utf8'))) continue;
    process.stderr.write(`out/main/${entry} reaches electron through ${file}: it must run without it.\n`);
    process.exit(1);
  }
}
