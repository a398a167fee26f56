// Everything: the checks, a fresh build, the integration tests on a real PostgreSQL, and the window end to end.
// What cannot run here is named at the end; with CI=true a missing browser is a failure.
import { spawnSync } from 'node:child_process';
import { findElectron } from '#tests/helpers/e2e/electron';
import { ensureChromium } from './ensure-chromium.mjs';

/** Ends the run when a step fails: what comes after it would only say the same less clearly. */
function step(command, ...args) {
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  const name = [command, ...args].join(' ');
  if (status === 0) return void process.stdout.write(`\nok     ${name} (${seconds} s)\n\n`);
  process.stdout.write(`\nFAILED ${name} (${seconds} s)\n`);
  process.exit(status || 1);
}

step('node', 'scripts/check.mjs');
step('node', 'scripts/build.mjs');
step('vitest', 'run', '--project', 'integration');

const chromium = ensureChromium();
const electron = findElectron();
const projects = [...(chromium.path ? ['web'] : []), ...(electron.path ? ['desktop'] : [])];
if (projects.length > 0) step('playwright', 'test', ...projects.flatMap((project) => ['--project', project]));

if (chromium.reason) process.stdout.write(`NOT RUN: end-to-end tests of the web host. ${chromium.reason}\n`);
if (electron.reason) process.stdout.write(`NOT RUN: end-to-end tests of the desktop window. ${electron.reason}\n`);
if (chromium.reason && process.env.CI === 'true') {
  process.stdout.write('FAILED: CI=true, and the web host was not tested.\n');
  process.exitCode = 1;
}
