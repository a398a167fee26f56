import type { HashBudget } from './distinct-values.ts';
import { looksLikeId, type QualifiedName } from './names.ts';
import { ValueStats } from './value-stats.ts';

/** How often an element was found below one parent: 1, 2, 3 to 5, 6 to 10, 11 to 100, more. */
const BUCKETS = [1, 2, 5, 10, 100, Number.POSITIVE_INFINITY] as const;

/** A child below its parent: how many of it one parent has. */
export class Edge {
  readonly child: ElementNode;
  /** Parents that have at least one. */
  parents = 0;
  total = 0;
  /** The most below one parent. */
  most = 0;
  /** Items of arrays beside them that were null: of them only their places are known. */
  nulls = 0;
  /** As the last one was written. */
  lastName = -1;
  readonly histogram = BUCKETS.map(() => 0);

  constructor(child: ElementNode) {
    this.child = child;
  }

  /** One parent is over, which had `count` of them. */
  add(count: number): void {
    this.parents += 1;
    this.total += count;
    if (count > this.most) this.most = count;
    const bucket = BUCKETS.findIndex((most) => count <= most);
    this.histogram[bucket] = (this.histogram[bucket] ?? 0) + 1;
  }

  /** One parent is over, which had null items beside `count` of them: they make a list of it too. */
  addNulls(nulls: number, count: number): void {
    this.nulls += nulls;
    if (count > 0 && nulls + count > this.most) this.most = nulls + count;
  }

  /** @param beside whether both were found below the same parents, as one name in two forms. */
  merge(other: Edge, beside: boolean): void {
    this.parents = beside ? Math.max(this.parents, other.parents) : this.parents + other.parents;
    this.most = beside ? this.most + other.most : Math.max(this.most, other.most);
    this.total += other.total;
    this.nulls += other.nulls;
    for (const [at, count] of other.histogram.entries()) this.histogram[at] = (this.histogram[at] ?? 0) + count;
  }
}

export interface AttributeStats extends QualifiedName {
  readonly values: ValueStats;
}

/** All elements at one path, as one: what they hold, without what makes each of them different. */
export class ElementNode implements QualifiedName {
  readonly local: string;
  readonly uri: string | null;
  readonly isRecord: boolean;
  readonly isAny: boolean;
  /** The names it was written with. */
  readonly written = new Set<string>();
  count = 0;
  /** Its own text; null while it had none but white space. */
  text: ValueStats | null = null;
  readonly attributes = new Map<string, AttributeStats>();
  readonly children = new Map<string, Edge>();
  /** Elements with children, and those of them that have text of their own too. */
  withChildren = 0;
  mixed = 0;
  /** Those of them in which it stands in several places, with children between. */
  interleaved = 0;
  /** Children of one name written with two prefixes stood side by side: their positions are counted apart. */
  hasHomonyms = false;

  constructor({ local, uri, isRecord, isAny }: QualifiedName) {
    this.local = local;
    this.uri = uri;
    this.isRecord = isRecord === true;
    this.isAny = isAny === true;
  }

  textStats(budget: HashBudget): ValueStats {
    this.text ??= new ValueStats(budget, looksLikeId(this.local));
    return this.text;
  }

  attribute(name: QualifiedName, budget: HashBudget): AttributeStats {
    const key = identity(name);
    const known = this.attributes.get(key);
    if (known !== undefined) return known;
    const { local, uri } = name;
    const added = { local, uri, values: new ValueStats(budget, looksLikeId(local)) };
    this.attributes.set(key, added);
    return added;
  }

  /** Takes over everything but the children. What is here for the first time is taken, not copied: hashes are large. */
  mergeOwn(other: ElementNode): void {
    this.count += other.count;
    this.withChildren += other.withChildren;
    this.mixed += other.mixed;
    this.interleaved += other.interleaved;
    this.hasHomonyms ||= other.hasHomonyms;
    for (const name of other.written) this.written.add(name);
    if (this.text === null) this.text = other.text;
    else if (other.text !== null) this.text.merge(other.text);
    for (const [key, attribute] of other.attributes) {
      const known = this.attributes.get(key);
      if (known === undefined) this.attributes.set(key, attribute);
      else known.values.merge(attribute.values);
    }
  }
}

/** One text per name and namespace. */
export function identity({ local, uri, isRecord, isAny }: QualifiedName): string {
  if (isAny === true) return '*';
  if (isRecord === true) return `record ${local}`;
  return uri === null ? local : `{${uri}}${local}`;
}
