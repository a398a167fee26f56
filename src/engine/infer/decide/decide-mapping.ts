import type { InferredReference, InferredTable, Uncertainty } from '#contract/inference';
import { literalGlob } from '#contract/literal-glob';
import type { MappingInput } from '#contract/mapping';
import type { DecimalSign } from '#engine/model/types/choose-type';
import type { ElementNode } from '../observe/element-node.ts';
import type { Observer } from '../observe/observer.ts';
import { matchSchema } from '../schema/match-schema.ts';
import type { SchemaSet } from '../schema/schema-set.ts';
import { collapse, type ElementGraph } from './collapse.ts';
import { Doubts } from './doubts.ts';
import type { TableDraft } from './drafts.ts';
import { planKeys } from './keys.ts';
import { linkTables } from './link-tables.ts';
import { nameTables } from './name-columns.ts';
import { PathNames } from './path-names.ts';
import { findReferences } from './references.ts';
import { findTables } from './shape.ts';
import { splitWide } from './split-wide.ts';
import { tellBroken, tellMaps, tellNullItems, tellPassedOver, tellSchema, tellUnseen } from './tell.ts';
import { writeTable } from './write-table.ts';

export interface DecideOptions {
  readonly name: string;
  readonly source: MappingInput['source'];
  /** Stands for the documents: the observer's own root, or what its files were sorted into. */
  readonly root: ElementNode;
  /** The files of each child of the root, where they differ from kind to kind. */
  readonly files: readonly (readonly string[])[] | null;
  /** An XML Schema that says more. */
  readonly schema: SchemaSet | null;
  /** Not everything was looked at: what was never missing may be missing elsewhere. */
  readonly isSample: boolean;
  /** How decimals are written where the values leave it open. */
  readonly decimal?: DecimalSign;
}

export interface Decision {
  readonly mapping: MappingInput;
  readonly tables: readonly InferredTable[];
  readonly references: readonly InferredReference[];
  readonly uncertain: readonly Uncertainty[];
  readonly graph: ElementGraph;
  readonly paths: PathNames;
}

/** Decides how what was observed becomes tables. The same observations always give the same mapping. */
export function decideMapping(observer: Observer, options: DecideOptions): Decision {
  const hasRoots = options.source.format === 'xml';
  const graph = collapse(options.root, observer.budget, options.schema !== null || options.source.format === 'csv');
  const paths = new PathNames(graph, observer.prefixes.found);
  const doubts = new Doubts(paths);
  const facts = options.schema === null ? null : matchSchema(graph.root, options.schema);
  const known = { decimal: options.decimal, isSample: options.isSample, hasPoints: options.source.format === 'json' };
  const tables = findTables(graph, { hasRoots, facts, ...known }, doubts);
  const places = nameTables(tables, paths);
  const parentsOf = new Set(tables.flatMap(({ parents }) => [...parents]));
  const numbersChildren = ({ steps, isWrapped }: TableDraft) => !isWrapped && !(steps.at(-2) ?? graph.root).hasHomonyms;
  const plans = planKeys(tables, { hasRoots, parentsOf, numbersChildren, declared: facts?.keys ?? new Set() }, doubts);
  const references = findReferences(tables, plans, facts?.keyrefs ?? new Map(), doubts);
  linkTables(tables, { plans, references, places, parentsOf });
  tellNullItems(graph, doubts);
  tellMaps(graph, doubts);
  tellPassedOver(observer, doubts);
  tellBroken(observer, doubts);
  tellUnseen(tables, doubts);
  if (options.schema !== null && facts !== null) tellSchema(options.schema, facts, graph, doubts);
  const includes = includesOf(graph, options.files);
  const whole = tables.map((draft) => {
    const table = writeTable(draft, paths, { hasRoots, includes, facts, isSample: options.isSample }, doubts);
    const summary = summaryOf(draft, table.columns.length, paths);
    return { node: draft.node, table, summary, references: referencesOf(draft) };
  });
  const written = splitWide(whole, places, doubts);
  return {
    mapping: {
      version: 1,
      name: options.name,
      source: sourceOf(options.source, paths),
      tables: written.map(({ table }) => table),
    },
    tables: written.map(({ summary }) => summary),
    references: written.flatMap(({ references: found }) => found),
    uncertain: doubts.list,
    graph,
    paths,
  };
}

function sourceOf(source: MappingInput['source'], { namespaces }: PathNames): MappingInput['source'] {
  return Object.keys(namespaces).length === 0 ? source : { ...source, namespaces };
}

/** Which files feed which kind of record, as globs that mean just them. */
function includesOf(graph: ElementGraph, files: DecideOptions['files']): ReadonlyMap<ElementNode, readonly string[]> {
  const kinds = [...graph.root.children.values()].map(({ child }) => child);
  if (files === null) return new Map();
  const names = files.flat().map(baseName);
  const isAlone = (path: string) => names.filter((name) => name === baseName(path)).length === 1;
  const globOf = (path: string) => (path.includes('/') || isAlone(path) ? '' : './') + literalGlob(path);
  return new Map(kinds.map((kind, at) => [kind, (files[at] ?? []).map(globOf)]));
}

/** Without regard to case, as globs are matched. */
function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

function summaryOf(table: TableDraft, columns: number, paths: PathNames): InferredTable {
  const { name, node, key, keyReason } = table;
  return { name, path: paths.pathOf(node), rows: node.count, columns, key: [...key], keyReason };
}

function referencesOf(table: TableDraft): readonly InferredReference[] {
  return table.references.map(({ columns, to, on, evidence }) => ({
    table: table.name,
    columns: [...columns],
    to: to.name,
    on: [...on],
    evidence: evidence ?? (to === table ? 'each is held by one of its own kind' : `each stands in one ${to.name}`),
  }));
}
