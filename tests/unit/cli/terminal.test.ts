import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const terminal = join(import.meta.dirname, '../../../src/cli/terminal.ts');

/** A process that writes lines until it hears that nobody reads, then tells how many it wrote. */
const WRITER = `
import { processTerminal } from ${JSON.stringify(terminal)};
const terminal = processTerminal();
let lines = 0;
while (lines < 1e6 && (await terminal.out('x'.repeat(99) + '\\n'))) lines += 1;
terminal.err(JSON.stringify({ lines, live: terminal.live, colour: terminal.colour }));
`;

test('a reader that goes away ends the writing without a failure', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.once('data', () => child.stdout.destroy());
  let err = '';
  child.stderr.on('data', (data) => {
    err += data;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const told = JSON.parse(err);
  expect({ code, live: told.live, colour: told.colour }).toEqual({ code: 0, live: false, colour: false });
  expect(told.lines).toBeLessThan(1e6);
});

test('a slow reader gets every byte, and the writer waits for it', async () => {
  const script = WRITER.replace('1e6', '2e4');
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    maxBuffer: 10_000_000,
  });
  expect([stdout.length, JSON.parse(stderr).lines]).toEqual([2e6, 2e4]);
});
