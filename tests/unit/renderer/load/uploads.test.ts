import { expect, test } from 'vitest';
import { walkEntries } from '#renderer/host/uploads-walk.ts';

type Entry = Parameters<typeof walkEntries>[0][number];
type Tree = { readonly [name: string]: Tree | string };

/** As a browser gives them: a hundred entries at a time. */
function entryOf(name: string, content: Tree | string, above = ''): Entry {
  const fullPath = `${above}/${name}`;
  if (typeof content === 'string') {
    const file = (resolve: (file: File) => void) => resolve(new File([content], name));
    return { name, fullPath, isFile: true, isDirectory: false, file } as unknown as Entry;
  }
  const createReader = () => {
    const waiting = Object.entries(content).map(([child, inner]) => entryOf(child, inner, fullPath));
    return { readEntries: (resolve: (some: Entry[]) => void) => resolve(waiting.splice(0, 100)) };
  };
  return { name, fullPath, isFile: false, isDirectory: true, createReader } as unknown as Entry;
}

const signal = new AbortController().signal;

test('a dropped folder is walked to its ends, however many files a folder holds', async () => {
  const many = Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`${at}.xml`, 'x']));
  const items = await walkEntries(
    [entryOf('Xã 1', { xml: { To1: many, none: {} }, 'a.xml': 'abc' })],
    signal,
    () => {},
  );
  expect({
    count: items.length,
    deep: items.some(({ path }) => path === 'Xã 1/xml/To1/249.xml'),
    size: items.find(({ path }) => path === 'Xã 1/a.xml')?.file.size,
  }).toEqual({ count: 251, deep: true, size: 3 });
});

test('an empty folder brings nothing', async () => {
  expect(await walkEntries([entryOf('a', { b: {} })], signal, () => {})).toEqual([]);
});

test('walking stops when it is given up', async () => {
  await expect(walkEntries([entryOf('a', { b: 'x' })], AbortSignal.abort(), () => {})).rejects.toThrow('abort');
});
