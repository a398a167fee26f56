import { type ChosenType, chooseType, type DecimalSign, type KnownOfValues } from '#engine/model/types/choose-type';
import { doubtText } from '#engine/model/types/doubt-text';
import type { Edge, ElementNode } from '../observe/element-node.ts';
import { isForParsers } from '../observe/names.ts';
import type { ValueStats } from '../observe/value-stats.ts';
import type { SchemaFacts } from '../schema/match-schema.ts';
import type { ElementGraph } from './collapse.ts';
import { decimalSignBelow } from './decimal-sign.ts';
import type { Doubts } from './doubts.ts';
import type { FieldDraft, TableDraft } from './drafts.ts';
import { attributesBelow, isNarrative, isNil, isWrapper } from './element-kinds.ts';
import { settleNullWords } from './null-words.ts';
import { refineType } from './refine-type.ts';

/** PostgreSQL holds 1,600 columns; a table keeps some for keys and for what comes later. */
const MOST_COLUMNS = 1_000;
/** A singleton with so many values of its own makes a table when its parent's would be too wide. */
const LARGE_PART = 20;

/** Whether the source's records stand below a document's root, or are what the source consists of. */
export interface ShapeOptions {
  readonly hasRoots: boolean;
  readonly facts: SchemaFacts | null;
  readonly decimal?: DecimalSign | undefined;
  /** There are values that nobody looked at. */
  readonly isSample: boolean;
  /** Whether a point in a number can only part its decimals. */
  readonly hasPoints: boolean;
}

/**
 * Finds the tables: elements that repeat, elements that hold themselves, and roots that have values of their own. What
 * stands at most once below a record becomes columns of it.
 */
export function findTables(graph: ElementGraph, options: ShapeOptions, doubts: Doubts): TableDraft[] {
  return new TableFinder(graph, options, doubts).find(options.hasRoots);
}

/** Where elements are met: the table they belong to, and their way from its record. */
interface Position {
  readonly table: TableDraft | null;
  readonly steps: readonly ElementNode[];
  readonly words: readonly string[];
  /** From the root, or the nearest recursive element. */
  readonly from: readonly ElementNode[];
  readonly absolute: boolean;
  /** Its parent repeats without being a record: the place below it tells nothing. */
  readonly isWrapped?: boolean;
}

class TableFinder {
  readonly #graph: ElementGraph;
  readonly #facts: SchemaFacts | null;
  #known: KnownOfValues;
  readonly #doubts: Doubts;
  readonly #tables: TableDraft[] = [];
  readonly #byNode = new Map<ElementNode, TableDraft>();
  readonly #ownTable = new Set<ElementNode>();
  readonly #roots: ReadonlySet<ElementNode>;

  constructor(graph: ElementGraph, { facts, decimal, isSample, hasPoints }: ShapeOptions, doubts: Doubts) {
    this.#graph = graph;
    this.#facts = facts;
    this.#known = { decimal, isSample, hasPoints };
    this.#doubts = doubts;
    this.#roots = new Set([...graph.root.children.values()].map(({ child }) => child));
  }

  find(hasRoots: boolean): TableDraft[] {
    for (const edge of this.#graph.root.children.values()) {
      const { child } = edge;
      this.#known = { ...this.#known, seen: decimalSignBelow(child) };
      const at: Position = { table: null, steps: [], words: [], from: [child], absolute: true };
      if (!hasRoots || this.#graph.recursive.has(child) || this.#hasValues(child, new Set())) this.#table(child, at);
      else this.#descend(child, at);
    }
    return this.#tables;
  }

  /** Whether a table for the element would have columns. */
  #hasValues(node: ElementNode, seen: Set<ElementNode>): boolean {
    if (seen.has(node)) return false;
    seen.add(node);
    if (node.text !== null || node.children.size === 0) return true;
    for (const attribute of node.attributes.values()) if (!isForParsers(attribute)) return true;
    return [...node.children.values()].some((edge) => !this.#isTable(edge) && this.#hasValues(edge.child, seen));
  }

  #isTable(edge: Edge): boolean {
    const { child, most } = edge;
    if (this.#facts?.many.has(edge)) return true;
    return most > 1 || this.#graph.recursive.has(child) || this.#ownTable.has(child);
  }

  #table(node: ElementNode, { table: parent, from, absolute, isWrapped }: Position): void {
    const known = this.#byNode.get(node);
    if (known !== undefined) {
      if (parent !== null) known.parents.add(parent);
      return;
    }
    const isRecursive = this.#graph.recursive.has(node);
    const draft: TableDraft = {
      node,
      steps: isRecursive ? [node] : from,
      absolute: absolute && !isRecursive,
      parents: new Set(parent === null ? [] : [parent]),
      isRecursive,
      isRoot: absolute && from.length === 1,
      isWrapped: isWrapped === true,
      fields: [],
      name: '',
      links: [],
      key: [],
      keyReason: '',
      references: [],
    };
    this.#tables.push(draft);
    this.#byNode.set(node, draft);
    this.#narrow(node);
    if (isRecursive) {
      const why = `${this.#doubts.count(node.count)} elements, some of which hold others of their name`;
      this.#doubts.add('RECURSIVE', { node, decided: 'one table, whose rows refer to the row that holds them', why });
    }
    const at = { table: draft, steps: [], words: [], from: draft.steps, absolute: draft.absolute };
    this.#ownValues(node, at);
    this.#descend(node, at);
  }

  #unwrap(wrapper: ElementNode, at: Position): void {
    for (const { child } of wrapper.children.values()) {
      this.#table(child, { ...at, from: [...at.from, child], isWrapped: true });
    }
  }

  /** Splits parts off a record that would have too many columns. */
  #narrow(node: ElementNode): void {
    if (this.#width(node, new Set()) <= MOST_COLUMNS) return;
    const parts = [...node.children.values()].filter((edge) => !this.#isTable(edge));
    for (const { child } of parts) {
      if (this.#width(child, new Set()) <= LARGE_PART) continue;
      this.#ownTable.add(child);
      const why = `a record would have more than ${MOST_COLUMNS} columns`;
      this.#doubts.add('TOO_WIDE', { node: child, decided: 'its own table, although it stands once', why });
    }
  }

  #width(node: ElementNode, seen: Set<ElementNode>): number {
    if (seen.has(node)) return 0;
    seen.add(node);
    let width = node.attributes.size + 1;
    for (const edge of node.children.values()) if (!this.#isTable(edge)) width += this.#width(edge.child, seen);
    return width;
  }

  #descend(node: ElementNode, at: Position): void {
    if (this.#isText(node)) return;
    for (const edge of node.children.values()) {
      const { child } = edge;
      const from = [...at.from, child];
      if (this.#isTable(edge)) {
        if (!this.#graph.recursive.has(child) && !child.isAny && isWrapper(child)) this.#unwrap(child, { ...at, from });
        else this.#table(child, { ...at, from });
        continue;
      }
      const word = node.children.size === 1 && at.words.length > 0 && child.children.size > 0 ? [] : [child.local];
      const below = { ...at, steps: [...at.steps, child], words: [...at.words, ...word], from };
      this.#ownValues(child, below);
      this.#descend(child, below);
    }
  }

  #ownValues(node: ElementNode, at: Position): void {
    if (at.table === null) return;
    for (const { local, uri, values } of node.attributes.values()) {
      if (isForParsers({ local, uri })) continue;
      const take = { kind: 'attribute', name: { local, uri } } as const;
      this.#field(at.table, { ...at, words: [...at.words, local] }, take, values);
    }
    if (this.#isText(node)) this.#narrative(node, at, at.table);
    else if (node.text !== null) {
      if (node.mixed > 0) this.#mixed(node);
      this.#field(at.table, at, { kind: 'text' }, node.text);
    } else if (node.children.size === 0 && (node.attributes.size === 0 || isNil(node))) {
      this.#field(at.table, at, { kind: 'text' }, node.textStats({ left: 0 }));
    }
  }

  #narrative(node: ElementNode, at: Position, table: TableDraft): void {
    if (node.text === null) return;
    this.#field(table, at, { kind: 'string' }, node.text);
    const why = `${this.#doubts.count(node.mixed)} of ${this.#doubts.count(node.count)} hold text between their children`;
    const values = attributesBelow(node).reduce((sum, attribute) => sum + attribute.values.count, 0);
    const also = values === 0 ? '' : `, with ${this.#doubts.count(values)} values of attributes`;
    const decided = `one text of all that stands below; the tags in it are lost${also}`;
    this.#doubts.add('MIXED_CONTENT', { node, decided, why });
  }

  #mixed(node: ElementNode): void {
    const why = `${this.#doubts.count(node.mixed)} of ${this.#doubts.count(node.withChildren)} with children have text beside them`;
    this.#doubts.add('MIXED_CONTENT', { node, decided: 'the text has a column of its own, in one piece', why });
  }

  #typeOf(values: ValueStats): ChosenType {
    const said = this.#facts?.types.get(values);
    if (said !== undefined) return refineType(values, said);
    const chosen = chooseType(values, this.#known);
    if (chosen.type !== 'text' || chosen.doubt !== undefined) return chosen;
    const doubt = doubtText(values);
    return doubt === undefined ? chosen : { ...chosen, doubt };
  }

  #isText(node: ElementNode): boolean {
    return isNarrative(node) && !this.#roots.has(node);
  }

  #field(table: TableDraft, { steps, words }: Position, take: FieldDraft['take'], values: ValueStats): void {
    const nullWords = settleNullWords(values, (others) => this.#typeOf(others).type);
    const chosen = take.kind === 'string' ? ({ type: 'text' } as const) : this.#typeOf(values);
    table.fields.push({ steps, take, values, nullWords, words, chosen, name: '', type: chosen.type });
  }
}
