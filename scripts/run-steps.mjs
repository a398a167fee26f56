import { spawn } from 'node:child_process';

/**
 * Runs named commands one after the other, or together, each one's output shown when it ends.
 * @param steps name → command and arguments.
 * @returns the names of the steps that failed.
 */
export async function runSteps(steps, { together = false } = {}) {
  const failed = [];
  const run = async ([name, command]) => {
    const started = Date.now();
    const { code, output } = await capture(command);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
    if (code === 0) return;
    process.stdout.write(`${output}\n`);
    failed.push(name);
  };
  if (together) await Promise.all(Object.entries(steps).map(run));
  else for (const step of Object.entries(steps)) await run(step);
  return failed;
}

function capture([command, ...args]) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: false });
  const pieces = [];
  child.stdout.on('data', (piece) => pieces.push(piece));
  child.stderr.on('data', (piece) => pieces.push(piece));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: Buffer.concat(pieces).toString() }));
  });
}
