// Finds a Chromium for the end-to-end tests. On Debian, as root, it is installed where there is none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from '#tests/helpers/e2e/chromium';

const APT_MINUTES = 5;
const APT = ['-qq', '-o', 'Acquire::Retries=3', '-o', 'Acquire::http::Timeout=30', '-o', 'DPkg::Lock::Timeout=120'];
const HOW = 'Install Chromium or Chrome, or name one by CHROMIUM_PATH.';

/** @returns `{ path }`, or `{ reason }` where there is none and none could be had. */
export function ensureChromium(env = process.env) {
  const path = findChromium(env);
  if (path !== undefined) return { path };
  if (env.CHROMIUM_PATH) return { reason: `CHROMIUM_PATH names no program: ${env.CHROMIUM_PATH}` };
  if (!existsSync('/usr/bin/apt-get')) return { reason: `No Chromium was found. ${HOW}` };
  if (process.getuid?.() !== 0) {
    return { reason: 'No Chromium was found. Run "sudo apt-get install chromium", or name one by CHROMIUM_PATH.' };
  }
  const trouble = apt('update') ?? apt('install', '-y', '--no-install-recommends', 'chromium');
  const installed = findChromium(env);
  if (installed !== undefined) return { path: installed };
  return { reason: `"apt-get install chromium" failed: ${trouble ?? 'it brought no program'}. ${HOW}` };
}

/** @returns what went wrong, or undefined. */
function apt(...words) {
  const { status, stderr, error } = spawnSync('apt-get', [...APT, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: APT_MINUTES * 60_000,
  });
  if (status === 0) return undefined;
  return error?.message ?? stderr.trim().split('\n').at(-1);
}

if (import.meta.main) {
  const { path, reason } = ensureChromium();
  process.stdout.write(`${path ?? reason}\n`);
  process.exitCode = path === undefined ? 1 : 0;
}
