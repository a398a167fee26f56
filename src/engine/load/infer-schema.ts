import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LoadstoneError } from '#contract/errors';
import { SchemaTree } from '#engine/infer/schema/schema-node';
import { SchemaSet } from '#engine/infer/schema/schema-set';
import { NameTable } from '#engine/model/name-table';
import { parseXmlBuffer } from '#engine/parse/xml/parse-xml-file';

/**
 * Reads an XML Schema and the documents it includes or imports from beside it. Nothing is fetched from the network: what
 * stands elsewhere is counted as ignored.
 * @throws LoadstoneError PATH_NOT_FOUND, XML_NOT_WELL_FORMED, CONFIG_INVALID when it is no schema.
 */
export async function readSchema(path: string): Promise<SchemaSet> {
  const set = new SchemaSet();
  const waiting = [resolve(path)];
  const read = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (read.has(next)) continue;
    read.add(next);
    const isFirst = read.size === 1;
    for (const location of await readDocument(set, next, isFirst)) {
      if (/^[a-z][a-z0-9+.-]+:/i.test(location)) countElsewhere(set);
      else waiting.push(resolve(dirname(next), location));
    }
  }
  return set;
}

function countElsewhere({ ignored }: SchemaSet): void {
  ignored.set('schema elsewhere', (ignored.get('schema elsewhere') ?? 0) + 1);
}

async function readDocument(set: SchemaSet, path: string, isFirst: boolean): Promise<readonly string[]> {
  const content = await readFile(path).catch((cause: unknown) => {
    if (isFirst) throw notFound(path, cause);
    return null;
  });
  if (content === null) {
    countElsewhere(set);
    return [];
  }
  const names = new NameTable();
  const tree = new SchemaTree(names);
  await parseXmlBuffer(content, { path, encoding: 'auto', names, handler: tree });
  if (tree.root?.local === 'schema') return set.add(tree.root);
  throw new LoadstoneError({
    code: 'CONFIG_INVALID',
    message: `${path} is not an XML Schema: its root is "${tree.root?.local ?? ''}".`,
    remedy: 'Name an .xsd file with --xsd, or leave it out.',
  });
}

function notFound(path: string, cause: unknown): LoadstoneError {
  return new LoadstoneError({
    code: 'PATH_NOT_FOUND',
    message: `The schema ${path} cannot be read: ${(cause as Error).message}.`,
    remedy: 'Check the path after --xsd.',
    cause,
  });
}
