import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const require = createRequire(import.meta.url);
const repository = join(import.meta.dirname, '../../..');
const platformNode = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** A stand-in for the built command line: tells how it was started and what it hears. */
const FAKE_CLI = `
const say = (text) => process.stdout.write(text + '\\n');
const [wish] = process.argv.slice(2);
if (wish === 'wait') for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => { say(name); process.exit(130); });
say(JSON.stringify({ pid: process.pid, major: parseInt(process.versions.node, 10), words: process.argv.slice(2) }));
if (wish === 'exit') process.exit(7);
if (wish === 'die') process.kill(process.pid, 'SIGKILL');
if (wish === 'wait') setInterval(() => {}, 1000);
if (wish === 'lifeline') {
  const { followLauncher } = await import(${JSON.stringify(join(repository, 'src/cli/lifeline.ts'))});
  followLauncher(process.env);
  setInterval(() => {}, 1000);
}
`;

/** Makes the Node that reads it say it is version 20. */
const OLD_NODE = `Object.defineProperty(process, 'version', { value: 'v20.0.0' });
Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.0.0' } });`;

let folder: string;
/** An installation without the Node package anywhere above it. */
let alone: string;
const started: ChildProcess[] = [];

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'loadstone-launcher-')));
  // Hoisted: the Node package lies beside ours, as it does after an install into another project.
  const home = join(folder, 'node_modules/loadstone');
  mkdirSync(join(home, 'out/main'), { recursive: true });
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  cpSync(join(repository, 'bin'), join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'package.json'), '{ "type": "module" }');
  // The launcher loads the entry by require, so it must not await at its top level; neither does the real one.
  writeFileSync(join(home, 'out/main/cli.js'), `export {}; (async () => {${FAKE_CLI}})();`);
  symlinkSync('../loadstone/bin/loadstone.cjs', join(folder, 'node_modules/.bin/loadstone'));
  symlinkSync(dirname(require.resolve(`${platformNode}/package.json`)), join(folder, 'node_modules', platformNode));
  writeFileSync(join(folder, 'old-node.cjs'), OLD_NODE);
  cpSync(join(repository, 'bin'), join(folder, 'unbuilt/bin'), { recursive: true });
  alone = realpathSync(mkdtempSync(join(tmpdir(), 'loadstone-launcher-alone-')));
  cpSync(home, alone, { recursive: true });
});

afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  for (const made of [folder, alone]) rmSync(made, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly text: { out: string; err: string };
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  heard(pattern: RegExp): Promise<RegExpExecArray>;
}

function launch(words: readonly string[], options: { old?: boolean; bin?: string } = {}): Run {
  const bin = options.bin ?? join(folder, 'node_modules/.bin/loadstone');
  const preload = options.old ? ['--require', join(folder, 'old-node.cjs')] : [];
  const child = spawn(process.execPath, [...preload, bin, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  const text = { out: '', err: '' };
  const listeners = new Set<() => void>();
  child.stdout.on('data', (data) => {
    text.out += data;
    for (const listener of listeners) listener();
  });
  child.stderr.on('data', (data) => {
    text.err += data;
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  );
  const heard = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve) => {
      const look = () => {
        const match = pattern.exec(text.out);
        if (match) resolve(match);
      };
      listeners.add(look);
      look();
    });
  return { child, text, ended, heard };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the launcher', () => {
  test('runs in its own process where Node is new enough, through the symlink', async () => {
    const run = launch(['exit', 'a b']);
    expect(await run.ended).toEqual({ code: 7, signal: null });
    expect(JSON.parse(run.text.out)).toEqual({ pid: run.child.pid, major: 24, words: ['exit', 'a b'] });
  });

  test('starts the packaged Node from an old one, with the same words, and passes the exit code on', async () => {
    const run = launch(['exit', 'a b'], { old: true });
    expect(await run.ended).toEqual({ code: 7, signal: null });
    expect(JSON.parse(run.text.out)).toEqual({ pid: expect.any(Number), major: 24, words: ['exit', 'a b'] });
    expect(JSON.parse(run.text.out).pid).not.toBe(run.child.pid);
  });

  test('ends by the signal that ended the child', async () => {
    expect(await launch(['die'], { old: true }).ended).toEqual({ code: null, signal: 'SIGKILL' });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('passes %s on and ends with the exit code of the child', async (signal) => {
    const run = launch(['wait'], { old: true });
    await run.heard(/"words"/);
    run.child.kill(signal);
    expect(await run.ended).toEqual({ code: 130, signal: null });
    expect(run.text.out).toContain(`${signal}\n`);
  });

  test('killed outright, takes the child with it', async () => {
    const run = launch(['lifeline'], { old: true });
    const pid = Number((await run.heard(/"pid":(\d+)/))[1]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(isAlive(pid)).toBe(true);
    run.child.kill('SIGKILL');
    await run.ended;
    await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
  });

  test('says what to do when nothing is built, also as JSON', async () => {
    const run = launch(['load', '--json'], { bin: join(folder, 'unbuilt/bin/loadstone.cjs') });
    expect(await run.ended).toEqual({ code: 2, signal: null });
    const error = {
      code: 'CONFIG_INVALID',
      message: `The program is not built: ${join(folder, 'unbuilt/out/main/cli.js')} is missing.`,
      remedy: 'Run "npm run build".',
      retryable: false,
    };
    expect(JSON.parse(run.text.out)).toEqual({ error });
    expect(run.text.err).toBe(`CONFIG_INVALID: ${error.message}\n  ${error.remedy}\n`);
  });

  test('says what to do where there is no fitting Node', async () => {
    const run = launch(['exit'], { old: true, bin: join(alone, 'bin/loadstone.cjs') });
    expect({ ...(await run.ended), ...run.text }).toEqual({
      code: 2,
      signal: null,
      out: '',
      err:
        `CONFIG_INVALID: Loadstone needs Node 24 or newer; ${process.execPath} is v20.0.0.\n` +
        '  Run "npm ci" again: it brings one.\n',
    });
  });
});
