import type { NameTable } from '#engine/model/name-table';
import { LONGEST_NULL_WORD } from '#engine/model/null-words';
import type { TreeHandler } from '#engine/model/tree-handler';
import { type HashBudget, hashBudget } from './distinct-values.ts';
import { Edge, ElementNode, identity } from './element-node.ts';
import { PrefixScope } from './prefix-scope.ts';

/** Distinct paths kept; what comes beyond is counted, and else passed over. */
export const MOST_PATHS = 20_000;
/** Of one element's own text, what is looked at; all of it counts in nothing but its length. */
const MOST_TEXT = 1_000_000;

const NO_WORDS: ReadonlySet<string> = new Set();

/** An open element. There is one object per depth, used again and again. */
class Frame {
  /** null: beyond the most paths, nothing is kept of it or below it. */
  node: ElementNode | null = null;
  name = -1;
  /** Its number among all elements of all files. */
  ordinal = 0;
  /** Until its attributes have been read its namespace, and so its node, is not known. */
  pending = false;
  text = '';
  tainted = false;
  hasChildren = false;
  /** Stretches of text that children part from each other, and whether one of them goes on. */
  stretches = 0;
  isInText = false;
  readonly attributeNames: number[] = [];
  readonly attributeValues: string[] = [];
  readonly counts = new Map<Edge, number>();
  /** By name. */
  nulls: Map<number, number> | null = null;
}

/**
 * Hears documents and keeps a tree of their elements by path: how often each stands below its parent, and what its
 * values are like. Memory grows with the number of different paths, not with the documents. An element that holds itself
 * is followed two levels deep; from the third on it is its own ancestor's node again.
 */
export class Observer implements TreeHandler {
  readonly wantsText = true;
  readonly wantsAttributes = true;
  readonly budget: HashBudget = hashBudget();
  readonly prefixes = new PrefixScope();
  /** Stands for the documents: its children are their roots, or the records of a source without a root. */
  readonly root = new ElementNode({ local: '', uri: null });
  paths = 0;
  elements = 0;
  /** Elements that were passed over because there were too many paths. */
  passedOver = 0;
  /** Records that could not be read. */
  broken = 0;
  readonly #names: NameTable;
  readonly #recordDepth: number;
  readonly #nullWords: ReadonlySet<string>;
  readonly #stack: Frame[] = [new Frame()];
  /** By namespace and name. */
  readonly #keys = new Map<string, string[]>();
  #depth = 0;

  /**
   * @param recordDepth how deep the records stand in a source whose elements above them are not its own (CSV, JSON).
   * @param nullWords words that are counted apart from the values: they may say that there is none.
   */
  constructor(names: NameTable, recordDepth = 0, nullWords: ReadonlySet<string> = NO_WORDS) {
    this.#names = names;
    this.#recordDepth = recordDepth;
    this.#nullWords = nullWords;
  }

  /** @param root stands for this document, where files are kept apart; else all share one. */
  startFile(root = this.root): void {
    if (root !== this.root) this.paths = 0;
    this.#depth = 0;
    this.prefixes.reset();
    const frame = this.#stack[0] as Frame;
    frame.pending = false;
    frame.node = root;
    frame.counts.clear();
    frame.ordinal = ++this.elements;
  }

  /** Also after a part of a file: what is open counts as over. */
  endFile(): void {
    while (this.#depth > 0) this.close();
    const document = this.#stack[0] as Frame;
    document.text = '';
    this.#finish(document);
  }

  /** A column that is empty throughout is one too. */
  header(columns: readonly number[]): void {
    this.#settle();
    const document = (this.#stack[this.#depth] as Frame).node;
    const row = document === null ? null : this.#edge(document, this.#names.intern('row'));
    if (row === null) return;
    for (const column of columns) if (this.#edge(row.child, column) === null) this.passedOver += 1;
  }

  open(name: number): void {
    this.#settle();
    const parent = this.#stack[this.#depth] as Frame;
    parent.hasChildren = true;
    parent.isInText = false;
    this.#depth += 1;
    let frame = this.#stack[this.#depth];
    if (frame === undefined) {
      frame = new Frame();
      this.#stack.push(frame);
    }
    frame.name = name;
    frame.ordinal = ++this.elements;
    frame.pending = true;
    frame.text = '';
    frame.tainted = false;
    frame.hasChildren = false;
    frame.stretches = 0;
    frame.isInText = false;
    frame.attributeNames.length = 0;
    frame.attributeValues.length = 0;
    // Clearing costs more than asking, and most elements have no children.
    if (frame.counts.size > 0) frame.counts.clear();
    if (frame.nulls !== null) frame.nulls = null;
  }

  attribute(name: number, value: string): void {
    const frame = this.#stack[this.#depth] as Frame;
    const isDeclaration = this.#names.prefixOf(name) === 'xmlns' || this.#names.nameOf(name) === 'xmlns';
    if (isDeclaration) {
      const written = this.#names.nameOf(name);
      this.prefixes.declare(written === 'xmlns' ? '' : written.slice('xmlns:'.length), value, this.#depth);
      return;
    }
    frame.attributeNames.push(name);
    frame.attributeValues.push(value);
  }

  text(piece: string): void {
    const frame = this.#stack[this.#depth] as Frame;
    if (!frame.isInText && !isBlank(piece)) {
      frame.isInText = true;
      frame.stretches += 1;
    }
    // White space at either end is trimmed: what only separates elements never adds up.
    if (frame.text === '') {
      if (frame.isInText) frame.text = piece;
    } else if (frame.text.length < MOST_TEXT) frame.text += piece;
  }

  unresolvedEntity(): void {
    (this.#stack[this.#depth] as Frame).tainted = true;
  }

  unresolvedAttributeEntity(): void {
    (this.#stack[this.#depth] as Frame).tainted = true;
  }

  close(): void {
    this.#settle();
    const frame = this.#stack[this.#depth] as Frame;
    this.#finish(frame);
    this.prefixes.leave(this.#depth);
    this.#depth -= 1;
  }

  nullItem(name: number): void {
    this.#settle();
    const frame = this.#stack[this.#depth] as Frame;
    frame.nulls ??= new Map();
    frame.nulls.set(name, (frame.nulls.get(name) ?? 0) + 1);
  }

  brokenRecord(): void {
    this.broken += 1;
  }

  /** Finds the node of the element just opened, now that its namespaces are known. */
  #settle(): void {
    const frame = this.#stack[this.#depth] as Frame;
    if (!frame.pending) return;
    frame.pending = false;
    const parent = this.#stack[this.#depth - 1] as Frame;
    const edge = parent.node === null ? null : this.#edge(parent.node, frame.name);
    frame.node = edge?.child ?? null;
    if (edge === null || frame.node === null) {
      this.passedOver += 1;
      return;
    }
    const count = parent.counts.get(edge) ?? 0;
    parent.counts.set(edge, count + 1);
    if (count > 0 && edge.lastName !== frame.name && parent.node !== null) parent.node.hasHomonyms = true;
    edge.lastName = frame.name;
    const { node } = frame;
    for (let at = 0; at < frame.attributeNames.length; at += 1) {
      const name = frame.attributeNames[at] as number;
      const prefix = this.#names.prefixOf(name);
      const uri = prefix === '' ? null : this.prefixes.uriOf(prefix);
      const local = this.#names.nameOf(this.#names.localOf(name));
      const { values } = node.attribute({ local, uri }, this.budget);
      values.add(frame.attributeValues[at] as string, parent.ordinal);
      if (frame.tainted) values.unloadable += 1;
    }
    frame.tainted = false;
  }

  #finish(frame: Frame): void {
    const { node } = frame;
    if (node === null) return;
    node.count += 1;
    for (const [edge, count] of frame.counts) edge.add(count);
    for (const [name, count] of frame.nulls ?? []) {
      const edge = node.children.get(this.#localName(name));
      edge?.addNulls(count, frame.counts.get(edge) ?? 0);
    }
    if (frame.hasChildren) node.withChildren += 1;
    if (frame.text !== '' || frame.tainted) {
      const above = this.#stack[this.#depth - 2] ?? this.#stack[0];
      const stats = node.textStats(this.budget);
      const scope = above?.ordinal ?? 0;
      if (this.#isNullWord(frame.text)) stats.words.add(frame.text.trim(), scope);
      else stats.add(frame.text, scope);
      if (frame.tainted) stats.unloadable += 1;
      if (frame.hasChildren) node.mixed += 1;
      if (frame.stretches > 1) node.interleaved += 1;
    }
  }

  #isNullWord(text: string): boolean {
    return this.#nullWords.size > 0 && text.length <= LONGEST_NULL_WORD && this.#nullWords.has(text.trim());
  }

  #edge(parent: ElementNode, name: number): Edge | null {
    const prefix = this.#names.prefixOf(name);
    const uri = this.prefixes.uriOf(prefix);
    const key = uri === null ? this.#localName(name) : this.#key(uri, name);
    const known = parent.children.get(key);
    if (known !== undefined) {
      if (!known.child.written.has(this.#names.nameOf(name))) known.child.written.add(this.#names.nameOf(name));
      return known;
    }
    return this.#newEdge(parent, key, { local: this.#localName(name), uri }, this.#names.nameOf(name));
  }

  #newEdge(
    parent: ElementNode,
    key: string,
    name: { local: string; uri: string | null },
    written: string,
  ): Edge | null {
    const ancestor = this.#holdsItself(key);
    if (ancestor === null && this.paths >= MOST_PATHS) return null;
    const child = ancestor ?? new ElementNode(name);
    if (ancestor === null) this.paths += 1;
    child.written.add(written);
    const edge = new Edge(child);
    parent.children.set(key, edge);
    return edge;
  }

  /** @returns the node of the nearest ancestor of this name when there are two of them already. */
  #holdsItself(key: string): ElementNode | null {
    let nearest: ElementNode | null = null;
    for (let depth = this.#depth - 1; depth > this.#recordDepth; depth -= 1) {
      const node = this.#stack[depth]?.node ?? null;
      if (node === null || identity(node) !== key) continue;
      if (nearest !== null) return nearest;
      nearest = node;
    }
    return null;
  }

  #localName(name: number): string {
    return this.#names.nameOf(this.#names.localOf(name));
  }

  /** Kept, so that no text has to be put together per element. */
  #key(uri: string, name: number): string {
    const ofUri = this.#keys.get(uri) ?? [];
    const known = ofUri[name];
    if (known !== undefined) return known;
    const key = identity({ local: this.#localName(name), uri });
    ofUri[name] = key;
    this.#keys.set(uri, ofUri);
    return key;
  }
}

function isBlank(piece: string): boolean {
  return piece.charCodeAt(0) <= 0x20 && piece.trim() === '';
}
