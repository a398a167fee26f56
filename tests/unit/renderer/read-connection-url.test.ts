import { expect, test } from 'vitest';
import { isConnectionUrl, readConnectionUrl } from '#renderer/screens/connections/read-connection-url.ts';

test('a whole URL fills every field', () => {
  expect(
    readConnectionUrl('postgres://an:b%C3%AD%20m%E1%BA%ADt@db.example.vn:6543/dia_chinh?sslmode=verify-full'),
  ).toEqual({
    host: 'db.example.vn',
    port: 6543,
    database: 'dia_chinh',
    user: 'an',
    password: 'bí mật',
    ssl: 'verify-full',
  });
});

test('what a URL leaves out stays as it was typed', () => {
  expect(readConnectionUrl(' postgresql://localhost ')).toEqual({ host: 'localhost' });
  expect(readConnectionUrl('postgres:///kho?host=/var/run/postgresql&user=an&port=5433')).toEqual({
    host: '/var/run/postgresql',
    port: 5433,
    database: 'kho',
    user: 'an',
  });
});

test('a JDBC URL and an IPv6 address are understood', () => {
  expect(readConnectionUrl('jdbc:postgresql://[::1]:5432/kho?user=an&password=x')).toEqual({
    host: '::1',
    port: 5432,
    database: 'kho',
    user: 'an',
    password: 'x',
  });
});

test('a mode that is not offered becomes the next stricter one, an unknown one is left out', () => {
  expect(readConnectionUrl('postgres://h/d?sslmode=verify-ca')?.ssl).toBe('verify-full');
  expect(readConnectionUrl('postgres://h/d?sslmode=allow')?.ssl).toBe('prefer');
  expect(readConnectionUrl('postgres://h/d?sslmode=maybe')).toEqual({ host: 'h', database: 'd' });
});

test('the name of a variable is not taken for a password', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how URLs name a variable.
  expect(readConnectionUrl('postgres://an:${DB_PASSWORD}@h/d')).toEqual({ host: 'h', database: 'd', user: 'an' });
});

test('what cannot be read is refused', () => {
  expect(readConnectionUrl('postgres://an:50%@h/d')).toBeNull();
  expect(readConnectionUrl('postgres://one:5432,two:5432/d')).toBeNull();
  expect(readConnectionUrl('mysql://h/d')).toBeNull();
  expect(isConnectionUrl('db.example.vn')).toBe(false);
});
