import { valueFamily } from '#engine/model/value-family';
import type { TableDraft } from './drafts.ts';
import { folded } from './sql-names.ts';

/**
 * `$parent.x` may mean the column `x` of any table, so columns of that name must go together. Keeps which types stand
 * under each name.
 */
export class ColumnFamilies {
  readonly #families = new Map<string, Set<string>>();
  readonly #handedDown = new Map<string, Set<string>>();
  readonly #uses = new Map<string, number>();
  readonly #reserved = new Set<string>();

  constructor(tables: readonly TableDraft[]) {
    for (const table of tables) for (const field of table.fields) this.note(field.name, field.type);
  }

  note(name: string, type: string): void {
    add(this.#families, name, type);
    this.#uses.set(folded(name), this.uses(name) + 1);
  }

  /** How many columns have the name. */
  uses(name: string): number {
    return this.#uses.get(folded(name)) ?? 0;
  }

  /** From now on the name means one table's column, and what is handed down of it. */
  reserve(name: string): void {
    this.#reserved.add(folded(name));
  }

  isReserved(name: string): boolean {
    return this.#reserved.has(folded(name));
  }

  /** Rows below take the column by its name. */
  handDown(name: string, type: string): void {
    add(this.#handedDown, name, type);
  }

  /** Whether a column of this name and type could be handed down, or stand beside those that are. */
  clashes(name: string, type: string): boolean {
    const own = valueFamily(type);
    // Everything can be written as text.
    const others = own === 'text' ? this.#handedDown : this.#families;
    return [...(others.get(folded(name)) ?? [])].some((family) => family !== own);
  }
}

function add(families: Map<string, Set<string>>, name: string, type: string): void {
  const key = folded(name);
  const known = families.get(key) ?? new Set();
  families.set(key, known.add(valueFamily(type)));
}
