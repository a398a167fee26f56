import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Everything, one after the other, with the same options: `node benchmarks/all.ts [--quick] [--help]`. */
let failed = false;
for (const program of [
  'run.ts',
  'load-csv.ts',
  'parse-csv.ts',
  'review.ts',
  'memory.ts',
  'infer-memory.ts',
  'copy-format.ts',
  'responsiveness.ts',
]) {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, [path, ...process.argv.slice(2)], { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(child, 'close');
  failed ||= code !== 0;
}
process.exitCode = failed ? 1 : 0;
