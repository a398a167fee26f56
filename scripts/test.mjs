// Everything: the checks, a fresh build, and the integration tests on a real PostgreSQL.
import { spawnSync } from 'node:child_process';

const steps = [
  ['node', 'scripts/check.mjs'],
  ['node', 'scripts/build.mjs'],
  ['vitest', 'run', '--project', 'integration'],
];
for (const [command, ...args] of steps) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) {
    process.stdout.write(`\n${[command, ...args].join(' ')} failed.\n`);
    process.exit(status ?? 1);
  }
}
