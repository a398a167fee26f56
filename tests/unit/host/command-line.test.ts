import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPreset } from '#contract/presets';
import { readMapping } from '#contract/read-mapping';
import { parseServerUrl } from '#engine/postgres/server-url';
import { commandLine, quoteWord, tablesCommandLine } from '#host/application/command-line';
import { mappingArgument, scriptArgument } from '#host/application/mapping-argument';
import { testSpec, testTablesSpec } from '#tests/helpers/host-folder';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const NAMES = { mapping: 'm', savedAs: undefined, platform: 'linux' } as const;

test('a POSIX shell reads back exactly the words that were meant', () => {
  const words = ['/plain/path', "it's", 'Xã Sông Lam', '$HOME `id` "x" \\n', '*', '', '-n', `\${PW}`, 'a\nb', '!!'];
  const line = words.map((word) => quoteWord(word, 'linux')).join(' ');
  const read = execFileSync('/bin/sh', ['-c', `for word in ${line}; do printf '%s\\0' "$word"; done`], {
    encoding: 'utf8',
  });
  expect(read.split('\0').slice(0, -1)).toEqual(words);
});

test('PowerShell gets its quotes doubled', () => {
  expect(quoteWord("C:\\Dữ liệu\\it's", 'win32')).toBe("'C:\\Dữ liệu\\it''s'");
  expect(quoteWord('C:\\data', 'win32')).toBe('C:\\data');
});

test('names what creates the same tables, with the file that an edited script stands in', () => {
  using folder = temporaryFolder();
  const connection = { kind: 'embedded' } as const;
  expect(tablesCommandLine(testTablesSpec({ connection }), NAMES, undefined)).toBe(
    'loadstone tables create --mapping m',
  );
  const spec = testTablesSpec({ policy: 'discard-column', schema: 'land', ddl: 'create table t ();\n' });
  const script = scriptArgument(folder.path, spec.mapping, spec.ddl ?? '');
  expect(readFileSync(script, 'utf8')).toBe(spec.ddl);
  expect(tablesCommandLine(spec, { ...NAMES, savedAs: 'land' }, script)).toBe(
    `loadstone tables create --mapping m --to land --schema land --policy discard-column --ddl ${script}`,
  );
});

test('names only what differs from a plain load', () => {
  const spec = testSpec('/h', { paths: ['/data'], connection: { kind: 'embedded' }, workers: 2 });
  expect(commandLine(spec, NAMES, undefined)).toBe('loadstone load /data --mapping m --workers 2');
  expect(commandLine({ ...spec, review: true }, NAMES, undefined)).toBe(
    'loadstone load /data --mapping m --review --workers 2',
  );
  const full = testSpec('/h', {
    ...{ paths: ['/data/1. Xa Mau', '/b'], schema: 'land', onConflict: 'overwrite', onError: 'file', limit: 5 },
    ...{ maxRejects: { percent: 2.5 }, workers: 3, batchSize: 100, dryRun: true, skipLoaded: false },
  });
  expect(commandLine(full, { ...NAMES, savedAs: 'Sở TN&MT' }, '/h/r.json')).toBe(
    "loadstone load '/data/1. Xa Mau' /b --mapping m --to 'Sở TN&MT' --schema land --on-conflict overwrite " +
      '--resolutions /h/r.json --on-error file --max-rejects 2.5% --workers 3 --batch-size 100 --limit 5 --dry-run --no-skip-loaded',
  );
});

test('a server that is not saved is a URL without a password, quoted where a variable must reach Loadstone', () => {
  const server = { kind: 'server', host: 'db', port: 5433, database: 'a b', user: 'mé', ssl: 'require' } as const;
  const to = (connection: Parameters<typeof testSpec>[1]) =>
    commandLine(testSpec('/h', { ...connection, paths: ['/d'] }), NAMES, undefined);
  expect(to({ connection: server })).toContain("--to 'postgres://m%C3%A9@db:5433/a%20b?sslmode=require'");
  expect(to({ connection: { ...server, ssl: 'prefer', passwordVariable: 'PW' } })).toContain(
    `--to 'postgres://m%C3%A9:\${PW}@db:5433/a%20b'`,
  );
  expect(to({ connection: { ...server, host: '/run/pg', ssl: 'disable' } })).toContain(
    "--to 'postgres://m%C3%A9@:5433/a%20b?host=%2Frun%2Fpg&sslmode=disable'",
  );
});

test('the URL of a server reads back as the server', () => {
  const server = { kind: 'server', host: 'db', port: 5433, database: 'a b/c', user: 'mé@x', ssl: 'require' } as const;
  const servers = [
    server,
    { ...server, host: '/run/pg', ssl: 'prefer' as const },
    { ...server, host: '::1', passwordVariable: 'PW' },
  ];
  for (const connection of servers) {
    const line = commandLine(testSpec('/h', { paths: ['/d'], connection }), NAMES, undefined);
    const url = /--to '([^']*)'/.exec(line)?.[1] ?? '';
    expect(parseServerUrl(url, { PW: 'x' }).ref).toEqual(connection);
  }
});

test('a preset is named, any other mapping is written once and reads back as it was', () => {
  const folder = temporaryFolder();
  const preset = findPreset('vn-land-records');
  if (!preset) throw new Error('the preset is gone');
  expect(mappingArgument(folder.path, preset)).toBe('vn-land-records');
  expect(existsSync(join(folder.path, 'mappings'))).toBe(false);
  const changed = { ...preset, tables: preset.tables.slice(0, 1) };
  const file = mappingArgument(folder.path, changed);
  expect(mappingArgument(folder.path, { ...changed })).toBe(file);
  expect(readdirSync(join(folder.path, 'mappings'))).toHaveLength(1);
  expect(readMapping(readFileSync(file, 'utf8'), file)).toEqual(changed);
  const odd = mappingArgument(folder.path, { ...changed, name: '../Hồ sơ/đất' });
  expect(odd).toMatch(/mappings[\\/]Ho-so-at-[0-9a-f]{12}\.json$/);
  folder.remove();
});
