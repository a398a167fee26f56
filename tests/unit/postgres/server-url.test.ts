import { describe, expect, it } from 'vitest';
import { embeddedUrl, resolveTarget } from '#engine/postgres/connection-ref';
import { parseServerUrl } from '#engine/postgres/server-url';
import { loadstoneHome } from '#host/loadstone-home';

const SERVER = { kind: 'server', host: 'h', port: 5432, database: 'd', user: 'u', ssl: 'prefer' } as const;
const VARIABLE = `\${DB_SECRET}`;

describe('parseServerUrl', () => {
  it.each([
    ['postgres://u@h/d', {}],
    ['postgresql://u@h:5433/d', { port: 5433 }],
    ['postgres://u@h/d?sslmode=verify-full', { ssl: 'verify-full' }],
    ['postgres://u@h/d?sslmode=allow&connect_timeout=10&application_name=x', {}],
    ['postgres://u%40x@h/d%20e', { user: 'u@x', database: 'd e' }],
    ['postgres://u@[::1]:5433/d', { host: '::1', port: 5433 }],
    ['postgres:///d?host=/var/run/pg&user=u', { host: '/var/run/pg' }],
    ['postgres://u@%2Fvar%2Frun%2Fpg/d', { host: '/var/run/pg' }],
    ['postgres://u@/d?host=/run/x&port=6000', { host: '/run/x', port: 6000 }],
    ['postgres://?host=h&user=u&dbname=d', {}],
    ['postgres://u@h', { database: 'u' }],
    [`postgres://u:${VARIABLE}@h/d`, { passwordVariable: 'DB_SECRET' }],
    ['postgres://u:%24%7BDB_SECRET%7D@h/d', { passwordVariable: 'DB_SECRET' }],
  ])('reads %s', (url, expected) => {
    expect(parseServerUrl(url, {})).toEqual({ ref: { ...SERVER, ...expected } });
  });

  it('takes what is missing from the PG variables', () => {
    const env = { PGHOST: 'h', PGPORT: '5439', PGUSER: 'u', PGDATABASE: 'd', PGSSLMODE: 'require' };
    expect(parseServerUrl('postgres://', env)).toEqual({ ref: { ...SERVER, port: 5439, ssl: 'require' } });
    expect(parseServerUrl('postgres://other@there:1/base', env).ref).toMatchObject({
      host: 'there',
      port: 1,
      user: 'other',
    });
  });

  it('keeps a written password out of the ref, and warns', () => {
    const { ref, password, warning } = parseServerUrl('postgres://u:p%40ss@h/d', {});
    expect({ ref, password }).toEqual({ ref: SERVER, password: 'p@ss' });
    expect(warning).toMatch(/process list/);
  });

  it.each([
    ['mysql://u@h/d', /begin with postgres/],
    ['postgres://u@h1,h2/d', /several hosts/],
    ['postgres://u@h:port/d', /port/],
    ['postgres://u@h:70000/d', /port/],
    ['postgres://u@::1/d', /port|host/],
    ['postgres://u@h/d?sslmode=verify-ca', /verify-ca/],
    ['postgres://u@h/d?options=-csearch_path%3Dx', /options/],
    ['postgres://u:secret%@h/d', /%/],
  ])('refuses %s', (url, message) => {
    expect(() => parseServerUrl(url, {})).toThrow(message);
    expect(() => parseServerUrl(url, {})).not.toThrow(/secret/);
  });
});

describe('resolveTarget', () => {
  const options = { home: '/nowhere', env: { DB_SECRET: 'from the environment' } };
  const { kind: _kind, ...place } = SERVER;

  it('reads the password from the variable that the URL named', async () => {
    expect(await resolveTarget({ ...SERVER, passwordVariable: 'DB_SECRET' }, options)).toEqual({
      ...place,
      password: 'from the environment',
    });
  });

  it('names the variable that is not set', async () => {
    await expect(resolveTarget({ ...SERVER, passwordVariable: 'OTHER' }, options)).rejects.toMatchObject({
      code: 'PASSWORD_MISSING',
      message: expect.stringContaining('OTHER'),
    });
  });

  it('leaves the password to PGPASSWORD and .pgpass otherwise', async () => {
    expect(await resolveTarget(SERVER, options)).toEqual(place);
    expect(await resolveTarget(SERVER, { ...options, password: 'known' })).toEqual({ ...place, password: 'known' });
  });
});

it('prints a URL that reads back as the same server', () => {
  const target = { host: '/a b/run', port: 5432, database: 'd/e', user: 'ü', password: 'p@:/', ssl: 'prefer' } as const;
  const { ref, password } = parseServerUrl(embeddedUrl(target), {});
  expect({ ...ref, password }).toEqual({ kind: 'server', ...target });
});

it('finds the home in LOADSTONE_HOME first', () => {
  expect(loadstoneHome({ LOADSTONE_HOME: '/x/y', HOME: '/home/u' })).toBe('/x/y');
});
