import { spawn } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CommandLine } from './command-line.ts';

let cli: CommandLine;
beforeEach(() => {
  cli = new CommandLine();
});
afterEach(() => cli.dispose());

async function select(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('select 1 as one');
  await client.end();
  return rows;
}

describe('loadstone db', () => {
  test('url starts the server and prints one URL that pg accepts, and nothing else', async () => {
    const { code, out, err } = await cli.run('db', 'url');
    expect({ code, err, lines: out.split('\n').length }).toEqual({ code: 0, err: '', lines: 2 });
    expect(await select(out.trim())).toEqual([{ one: 1 }]);
  });

  test('commands that start it at the same time get the same server', async () => {
    const urls = await Promise.all(Array.from({ length: 3 }, () => cli.run('db', 'url')));
    expect(new Set(urls.map(({ out }) => out)).size).toBe(1);
  });

  test('start, status and stop tell the truth', async () => {
    expect((await cli.json('db', 'status')).document).toEqual({ state: 'missing' });
    expect((await cli.json('db', 'start')).document).toMatchObject({ state: 'running', started: true });
    expect((await cli.json('db', 'start')).document).toMatchObject({ state: 'running', started: false });
    const running = (await cli.json('db', 'status')).document;
    expect(running).toMatchObject({ state: 'running', pid: expect.any(Number) });
    expect(JSON.stringify(running)).not.toContain('password');
    expect((await cli.json('db', 'stop')).document).toEqual({ state: 'stopped', stopped: true });
    expect((await cli.json('db', 'stop')).document).toEqual({ state: 'stopped', stopped: false });
    expect((await cli.json('db', 'status')).document).toMatchObject({ state: 'stopped' });
  });
});

describe('a server that cannot be reached', () => {
  test('fails with one document and a remedy', async () => {
    const { code, document } = await cli.json(
      'tables',
      'create',
      '--mapping',
      'vn-land-records',
      '--to',
      'postgres://me@127.0.0.1:1/x',
    );
    expect({ code, error: document.error }).toEqual({
      code: 1,
      error: { code: 'SERVER_UNREACHABLE', message: expect.any(String), remedy: expect.any(String), retryable: true },
    });
  });
});

test('--help loads nothing but the option parser', async () => {
  const hook = `data:text/javascript,${encodeURIComponent(`
    import { registerHooks } from 'node:module';
    import { writeSync } from 'node:fs';
    registerHooks({ resolve(specifier, context, next) {
      if (/^[a-z@]/.test(specifier) && !specifier.startsWith('node:') && !specifier.includes(':')) writeSync(2, 'loads ' + specifier + '\\n');
      return next(specifier, context);
    } });
  `)}`;
  const bin = join(import.meta.dirname, '../../../bin/loadstone.cjs');
  const child = spawn(process.execPath, ['--import', hook, bin, '--help'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  child.stderr.on('data', (data) => {
    err += data;
  });
  await new Promise((resolve) => child.on('close', resolve));
  const packages = [...err.matchAll(/^loads (\S+)/gm)].map(([, name]) => name);
  const builtin = /^(child_process|events|fs|path|process|os|util|net|crypto|module)$/;
  expect([...new Set(packages)].filter((name) => !builtin.test(name ?? ''))).toEqual(['commander']);
});
