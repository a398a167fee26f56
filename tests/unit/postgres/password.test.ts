import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPassword, matchPassword } from '#engine/postgres/password';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const LOGIN = { host: 'db.example', port: 5432, database: 'land', user: 'loader' };

describe('matchPassword', () => {
  it.each([
    ['db.example:5432:land:loader:secret', 'secret'],
    ['*:*:*:*:any', 'any'],
    ['# a comment\n\nother:*:*:*:no\n*:*:*:loader:second', 'second'],
    ['*:*:*:*:with\\:colon and \\\\', 'with:colon and \\'],
    ['*:*:*:*:with:colons', 'with:colons'],
    ['db.example:5433:land:loader:wrong port', undefined],
    ['*:*:*:*', undefined],
    ['', undefined],
  ])('of %j is %j', (text, expected) => {
    expect(matchPassword(text, LOGIN)).toBe(expected);
  });

  it('calls a local socket localhost, as libpq does', () => {
    const local = { ...LOGIN, host: '/var/run/postgresql' };
    expect(matchPassword('localhost:*:*:*:local', local)).toBe('local');
    expect(matchPassword('localhost:*:*:*:local', { ...LOGIN, host: '/elsewhere' })).toBe(undefined);
  });
});

describe('findPassword', () => {
  it('prefers PGPASSWORD, then reads the file that only its owner can read', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'pgpass');
    writeFileSync(file, '*:*:*:*:from file\n', { mode: 0o600 });
    expect(await findPassword(LOGIN, { PGPASSWORD: 'from variable', PGPASSFILE: file })).toBe('from variable');
    expect(await findPassword(LOGIN, { PGPASSFILE: file })).toBe('from file');
    chmodSync(file, 0o644);
    await expect(findPassword(LOGIN, { PGPASSFILE: file })).rejects.toMatchObject({
      code: 'PASSWORD_MISSING',
      message: expect.stringContaining('others may read it'),
    });
  });

  it('says where a password can be put', async () => {
    await expect(findPassword(LOGIN, { PGPASSFILE: '/nowhere/pgpass' })).rejects.toMatchObject({
      code: 'PASSWORD_MISSING',
      remedy: 'Set PGPASSWORD, or add the line db.example:5432:land:loader:<password> to /nowhere/pgpass (mode 0600).',
    });
  });
});
