/** The path language of mapping.md as data: what the parser reads and the printer writes. */

/** A bare name (prefix null) matches its local name in any namespace, `:a` (prefix '') in none; an exact one (`["Diện tích (m²)"]`) is compared as written. */
export type NameTest =
  | { readonly kind: 'any' }
  | { readonly kind: 'name'; readonly prefix: string | null; readonly local: string }
  | { readonly kind: 'exact'; readonly name: string };

export type NamedTest = Exclude<NameTest, { kind: 'any' }>;

export type Predicate =
  | { readonly kind: 'position'; readonly position: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'attribute' | 'child'; readonly name: NamedTest; readonly value: string };

export interface Step {
  readonly axis: 'child' | 'descendant';
  readonly test: NameTest;
  /** Applied left to right, as in XPath: each one judges what the ones before left over. */
  readonly predicates: readonly Predicate[];
}

/** What is taken of the selected element. `value` and `text` are both its own text. */
export type Terminal =
  | { readonly kind: 'value' | 'text' | 'string' }
  | { readonly kind: 'attribute'; readonly name: NamedTest };

export const RECORD_FACTS = ['file', 'name', 'folder', 'line', 'index', 'node', 'element', 'hash'] as const;
export type RecordFact = (typeof RECORD_FACTS)[number];

export type ColumnPath =
  | {
      readonly kind: 'select';
      /** How many `..` the path begins with. */
      readonly up: number;
      readonly steps: readonly Step[];
      readonly terminal: Terminal;
    }
  | { readonly kind: 'fact'; readonly fact: RecordFact }
  | { readonly kind: 'parent'; readonly column: string };

export interface RecordsPattern {
  /** With a leading `/`: starts at the document's root. Else it matches wherever its steps end. */
  readonly absolute: boolean;
  readonly steps: readonly Step[];
}
