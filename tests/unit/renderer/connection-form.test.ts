import { expect, test } from 'vitest';
import { connectionFormSchema, type SavedConnection } from '#contract/api/connections';
import {
  type FormValues,
  fieldRules,
  formOf,
  initialValues,
  withUrl,
} from '#renderer/screens/connections/form-values.ts';

const saved: SavedConnection = {
  id: 'c1',
  name: 'Kho',
  ref: { kind: 'server', host: 'db', port: 5432, database: 'kho', user: 'an', ssl: 'require' },
  password: 'stored',
};

test('an edited connection keeps its password unless another is typed', () => {
  const values = initialValues(saved);
  expect(values.password).toBeNull();
  expect(formOf(values)).not.toHaveProperty('password');
  expect(formOf({ ...values, password: '' }).password).toBe('');
});

test('fields that pass their rules are what the host takes', () => {
  const values: FormValues = { ...initialValues(null), name: ' Kho ', host: ' db ', port: '5433' };
  for (const [name, rule] of Object.entries(fieldRules)) {
    expect([name, (rule as (value: unknown) => unknown)(values[name as keyof FormValues])]).toEqual([name, null]);
  }
  expect(connectionFormSchema.parse(formOf(values))).toMatchObject({ name: 'Kho', host: 'db', port: 5433 });
});

test('each field says what is wrong with it', () => {
  expect(fieldRules.name(' ')).toBe('required');
  expect(fieldRules.name('x'.repeat(61))).toBe('nameLength');
  expect(fieldRules.host('two words')).toBe('host');
  expect(fieldRules.host('/a folder/of a socket')).toBeNull();
  expect(fieldRules.port('')).toBe('required');
  expect(fieldRules.port(65_536)).toBe('port');
  expect(fieldRules.port('5432.5')).toBe('port');
  expect(fieldRules.user('u'.repeat(64))).toBe('length');
});

test('a URL names a connection that has no name, and leaves a name that was typed', () => {
  const parts = { host: 'db', database: 'kho' };
  expect(withUrl(initialValues(null), parts)).toMatchObject({ name: 'kho @ db', host: 'db', user: 'postgres' });
  expect(withUrl({ ...initialValues(null), name: 'Mine' }, parts).name).toBe('Mine');
});
