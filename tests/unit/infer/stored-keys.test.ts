import { expect, test } from 'vitest';
import { infer, mapped } from './support.ts';

const UUID = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11';
const OTHER = 'b1ffcd00-0d1c-4af9-8c7e-7cc0ce491b22';

function rowsOf(values: readonly string[], name = 'id'): string {
  return values.map((value) => `<i ${name}="${value}"/>`).join('');
}

async function keysOf(xml: string) {
  const { mapping } = await infer(xml);
  return mapping.tables.map(({ name, key }) => [name, key]);
}

test('uuids that differ in nothing but their letters’ case are one key, so no key is made of them', async () => {
  expect(await keysOf(`<r>${rowsOf([UUID, UUID.toUpperCase(), OTHER])}</r>`)).toEqual([['i', undefined]]);
  expect(await keysOf(`<r>${rowsOf([UUID, OTHER.toUpperCase()])}</r>`)).toEqual([['i', ['id']]]);
});

test('-0 and 0 are one key', async () => {
  expect(await keysOf(`<r>${rowsOf(['-0', '0', '1'])}</r>`)).toEqual([['i', undefined]]);
  expect(await keysOf(`<r>${rowsOf(['-0', '1', '2'])}</r>`)).toEqual([['i', ['id']]]);
});

test('numbers written in several ways are different keys only where they stay text', async () => {
  for (const values of [
    ['01', '1', '2'],
    ['+1', '1', '2'],
    ['1.0', '1.00', '1'],
  ]) {
    const xml = `<r>${rowsOf(values)}</r>`;
    const { mapping } = await infer(xml);
    const { rows } = await mapped(mapping, xml);
    const [table] = mapping.tables;
    const isKey = table?.key !== undefined;
    expect(new Set(rows.map((row) => row.values.id)).size === 3 || !isKey).toBe(true);
  }
});

function withOwners(ids: readonly string[], refs: readonly string[]): string {
  const owners = ids.map((id) => `<owner id="${id}"/>`).join('');
  return `<r>${owners}${refs.map((ref) => `<parcel owner_id="${ref}"/>`).join('')}</r>`;
}

test('a reference is found whatever the case its uuids are written in, and its rows find their keys', async () => {
  const xml = withOwners([UUID, OTHER], [UUID.toUpperCase(), OTHER, UUID]);
  const { mapping } = await infer(xml);
  expect(mapping.tables.find(({ name }) => name === 'parcel')?.references).toEqual([
    { columns: ['owner_id'], table: 'owner', on: ['id'] },
  ]);
  const { rows } = await mapped(mapping, xml);
  const found = rows.filter(({ table }) => table === 'parcel').map(({ values }) => values.owner_id);
  expect(found).toEqual([UUID, OTHER, UUID]);
});

test('no reference is made of uuids to texts that write them in another case', async () => {
  const { mapping } = await infer(withOwners([UUID, 'x1', 'x2'], [UUID.toUpperCase(), 'x1', 'x1']));
  expect(mapping.tables.map(({ references }) => references)).toEqual([undefined, undefined]);
});
