// The check before every commit: types, lint and import rules, dead code, unit tests. Under a minute.
import { runSteps } from './run-steps.mjs';

const failed = await runSteps({
  types: ['node', 'scripts/typecheck.mjs'],
  'lint and import rules': ['biome', 'check', '--error-on-warnings', '.'],
  'dead code': ['knip'],
  'unit tests': ['vitest', 'run', '--project', 'unit'],
});
process.exitCode = failed.length > 0 ? 1 : 0;
