import type { HashBudget } from '../observe/distinct-values.ts';
import { Edge, ElementNode } from '../observe/element-node.ts';
import { absorb } from './collapse.ts';
import { baseName, kindNames } from './kind-names.ts';

/** Files whose records have the same fields, and so make one table. */
export interface RecordKind {
  readonly record: ElementNode;
  readonly files: string[];
}

/** Of the fewer fields of two files, this share must be known to the other for them to be of one kind. */
const ALIKE = 0.8;

/** Sorts the files of a source without roots (CSV, JSON) by the fields of their records. */
export class RecordKinds {
  readonly kinds: RecordKind[] = [];
  readonly #budget: HashBudget;
  readonly #needsAll: boolean;

  /** @param needsAll whether files are of one kind only when they have the very same fields. */
  constructor(budget: HashBudget, needsAll: boolean) {
    this.#budget = budget;
    this.#needsAll = needsAll;
  }

  /** @param document stands for one file: below its root are the records. */
  add(path: string, document: ElementNode): void {
    const roots = [...document.children.values()];
    for (const { child } of roots.flatMap((root) => [...root.child.children.values()])) {
      const kind = this.kinds.find(({ record }) => this.#isAlike(record, child));
      if (kind === undefined) {
        const record = new ElementNode({ local: baseName(path), uri: null, isRecord: true });
        absorb(record, child, this.#budget);
        this.kinds.push({ record, files: [path] });
        continue;
      }
      absorb(kind.record, child, this.#budget);
      if (!kind.files.includes(path)) kind.files.push(path);
    }
  }

  /** One document that holds all kinds. */
  root(): ElementNode {
    const root = new ElementNode({ local: '', uri: null });
    const names = kindNames(this.kinds);
    for (const [at, { record }] of this.kinds.entries()) {
      const name = names[at] ?? '';
      const named = new ElementNode({ local: name, uri: null, isRecord: true });
      absorb(named, record, this.#budget);
      const edge = new Edge(named);
      edge.add(named.count);
      root.children.set(name, edge);
    }
    return root;
  }

  #isAlike(a: ElementNode, b: ElementNode): boolean {
    const shared = [...b.children.keys()].filter((key) => a.children.has(key)).length;
    if (this.#needsAll) return shared === a.children.size && shared === b.children.size;
    return shared >= ALIKE * Math.min(a.children.size, b.children.size);
  }
}
