import type { ElementNode } from '../observe/element-node.ts';
import type { ValueStats } from '../observe/value-stats.ts';
import type { SchemaNode } from './schema-node.ts';

export interface SchemaKeys {
  /** Values that the schema calls a key of one field. */
  readonly keys: ReadonlySet<ValueStats>;
  /** Values → the key they refer to. */
  readonly keyrefs: ReadonlyMap<ValueStats, ValueStats>;
}

/** Reads `key`, `unique` and `keyref` of one field; of several fields they are passed over. */
export function matchKeys(declarations: ReadonlyMap<ElementNode, SchemaNode>): SchemaKeys {
  const named = new Map<string, ValueStats>();
  const references: [ValueStats, string][] = [];
  for (const [node, declaration] of declarations) {
    for (const constraint of declaration.children) {
      if (!['key', 'unique', 'keyref'].includes(constraint.local)) continue;
      const values = valuesOf(node, constraint);
      if (values === null) continue;
      if (constraint.local === 'keyref') references.push([values, localName(constraint.attributes.get('refer') ?? '')]);
      else named.set(constraint.attributes.get('name') ?? '', values);
    }
  }
  const keyrefs = references.flatMap(([values, name]): [ValueStats, ValueStats][] => {
    const key = named.get(name);
    return key === undefined ? [] : [[values, key]];
  });
  return { keys: new Set(named.values()), keyrefs: new Map(keyrefs) };
}

function valuesOf(node: ElementNode, constraint: SchemaNode): ValueStats | null {
  const xpaths = (kind: string) =>
    constraint.children.filter(({ local }) => local === kind).map(({ attributes }) => attributes.get('xpath') ?? '');
  const [selector = ''] = xpaths('selector');
  const fields = xpaths('field');
  if (fields.length !== 1) return null;
  const record = follow(node, selector);
  return record === null ? null : valueAt(record, fields[0] ?? '');
}

/** Child steps by local name; `.//` finds the first of the name anywhere below. */
function follow(node: ElementNode, xpath: string): ElementNode | null {
  if (xpath.startsWith('.//')) return findBelow(node, localName(xpath.slice(3)), new Set());
  let at: ElementNode = node;
  for (const step of xpath.split('/').filter((one) => one !== '' && one !== '.')) {
    const edge = [...at.children.values()].find(({ child }) => child.local === localName(step));
    if (edge === undefined) return null;
    at = edge.child;
  }
  return at;
}

function findBelow(node: ElementNode, local: string, seen: Set<ElementNode>): ElementNode | null {
  if (seen.has(node)) return null;
  seen.add(node);
  for (const { child } of node.children.values()) {
    const found = child.local === local ? child : findBelow(child, local, seen);
    if (found !== null) return found;
  }
  return null;
}

function valueAt(record: ElementNode, field: string): ValueStats | null {
  const at = field.lastIndexOf('@');
  if (at < 0) return follow(record, field)?.text ?? null;
  const owner = follow(record, field.slice(0, at));
  const name = localName(field.slice(at + 1));
  return [...(owner?.attributes.values() ?? [])].find(({ local }) => local === name)?.values ?? null;
}

function localName(written: string): string {
  return written.slice(written.lastIndexOf(':') + 1);
}
