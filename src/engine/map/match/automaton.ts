import type { NameTable } from '#engine/model/name-table';
import type { CompiledMapping, CompiledTable, Guard, Line, NameMatcher } from '../compile/compiled.ts';
import { isAncestorPossible } from './ancestor-reach.ts';

/** A child test of a guard: its text is read at every child of that name. */
interface Probe {
  readonly guard: Guard;
  readonly test: number;
  readonly name: NameMatcher;
}

/** A value that belongs to the context `levels` above, whatever else the document holds. */
interface PlainTake {
  readonly context: number;
  readonly source: number;
  readonly levels: number;
}

/** What one kind of place in a document means to the mapping. Computed once per kind of place, then only looked up. */
export interface ElementState {
  /** The state of a child by its name's id; -1: not known yet. */
  readonly next: Int32Array;
  readonly items: readonly Item[];
  /** Nothing here or below can be selected. */
  readonly dead: boolean;
  /** Its own text is somebody's value. */
  readonly ownText: boolean;
  /** All text below is somebody's value. */
  readonly deepText: boolean;
  /** It lies inside a record whose content is hashed. */
  readonly hashed: boolean;
  /** Its attributes are somebody's value, or judged. */
  readonly keepsAttributes: boolean;
  /** Some step ends here. */
  readonly matched: boolean;
  /** Tables whose records pattern ends here. */
  readonly records: readonly CompiledTable[];
  /** Kinds of ancestor contexts it may be. */
  readonly contexts: readonly number[];
  readonly guards: readonly Guard[];
  /** Values of paths of plain child steps that end here and take its own text. */
  readonly plain: readonly PlainTake[];
  /** Other lines that end here and take a text; attributes apart. */
  readonly texts: readonly Line[];
  readonly attributes: readonly Line[];
  readonly probes: readonly Probe[];
  /** Something must be done when it opens (beyond following the automaton). */
  readonly opens: boolean;
  /** Something must be done when it closes. */
  readonly closes: boolean;
}

/** `step` steps of the line are matched; `here`: the last one by this very element, else further up. */
type Item =
  | { readonly kind: 'line'; readonly line: Line; readonly step: number; readonly here: boolean }
  | { readonly kind: 'probe'; readonly probe: Probe; readonly here: boolean }
  | { readonly kind: 'hash' };

const UNKNOWN = -1;

/**
 * All paths of the active tables as one automaton over element names, whose states are made when a document first
 * reaches them. Predicates play no part in it: they are judged where a value is taken.
 */
export class Automaton {
  readonly #compiled: CompiledMapping;
  readonly #names: NameTable;
  readonly #active: readonly CompiledTable[];
  readonly #states: ElementState[] = [];
  readonly #byKey = new Map<string, number>();
  readonly start: ElementState;

  constructor(compiled: CompiledMapping, active: readonly CompiledTable[]) {
    this.#compiled = compiled;
    this.#names = compiled.names;
    this.#active = active;
    const patterns = active.map(({ pattern }): Item => ({ kind: 'line', line: pattern, step: 0, here: true }));
    this.start = this.#state(this.#intern(patterns)) as ElementState;
  }

  /** @returns the state of an element named `name` in a parent with state `from`. */
  follow(from: ElementState, name: number): ElementState {
    const known = from.next[name];
    if (known !== undefined && known !== UNKNOWN) return this.#states[known] as ElementState;
    return this.#discover(from, name);
  }

  #discover(from: ElementState, name: number): ElementState {
    const items = this.#closure(from.items.flatMap((item) => this.#advance(item, name)));
    const id = this.#intern(items);
    if (name >= from.next.length) {
      const grown = new Int32Array(2 * Math.max(this.#names.size, name + 1)).fill(UNKNOWN);
      grown.set(from.next);
      (from as { next: Int32Array }).next = grown;
    }
    from.next[name] = id;
    return this.#state(id) as ElementState;
  }

  #advance(item: Item, name: number): readonly Item[] {
    if (item.kind === 'hash') return [item];
    if (item.kind === 'probe') {
      if (item.here || !matchesName(item.probe.name, name, this.#names)) return [];
      return [{ ...item, here: true }];
    }
    const { line, step } = item;
    const next = line.steps[step];
    if (next === undefined) return takesAll(line) ? [{ ...item, here: false }] : [];
    const moved: Item[] = [];
    if (next.descendant || (step === 0 && line.anywhere)) moved.push({ ...item, here: false });
    if (matchesName(next.test, name, this.#names)) moved.push({ kind: 'line', line, step: step + 1, here: true });
    return moved;
  }

  /** Adds what starts at this element: contexts of its records and of records further down, probes, hashes. */
  #closure(items: readonly Item[]): readonly Item[] {
    const all = [...items];
    const kinds = new Set<number>();
    for (const item of items) {
      if (item.kind !== 'line' || item.line.role.kind !== 'record') continue;
      const { table } = item.line.role;
      for (const kind of this.#compiled.contexts) {
        if (kind.table === table && isAncestorPossible(item.line, item.step, item.here, kind.up)) kinds.add(kind.id);
      }
      if (isEnd(item) && this.#compiled.tables[table]?.wantsHash) all.push({ kind: 'hash' });
    }
    for (const id of kinds) {
      for (const line of this.#compiled.contexts[id]?.lines ?? [])
        all.push({ kind: 'line', line, step: 0, here: true });
    }
    for (const guard of guardsOf(all)) {
      guard.tests.forEach((test, at) => {
        if (test.kind === 'child')
          all.push({ kind: 'probe', probe: { guard, test: at, name: test.name }, here: false });
      });
    }
    return all;
  }

  #intern(items: readonly Item[]): number {
    const byKey = new Map(items.map((item) => [keyOf(item), item]));
    const key = [...byKey.keys()].sort().join(' ');
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const id = this.#states.push(this.#describe([...byKey.values()])) - 1;
    this.#byKey.set(key, id);
    return id;
  }

  #state(id: number): ElementState | undefined {
    return this.#states[id];
  }

  #describe(items: readonly Item[]): ElementState {
    const ended = items.flatMap((item) => (isEnd(item) ? [item.line] : []));
    const values = ended.filter(({ role }) => role.kind === 'value');
    const attributes = values.filter(({ role }) => role.kind === 'value' && role.take.kind === 'attribute');
    const plain = values.flatMap(plainTake);
    const texts = values.filter((line) => !attributes.includes(line) && plainTake(line).length === 0);
    const records = this.#active.filter(({ pattern }) => ended.includes(pattern));
    const contexts = this.#contextsAt(items);
    const guards = guardsOf(items);
    const probes = items.flatMap((item) => (item.kind === 'probe' && item.here ? [item.probe] : []));
    const judged = guards.some(({ tests }) => tests.some(({ kind }) => kind === 'attribute'));
    const kept = ended.some(({ role }) => role.kind === 'keep-attributes');
    return {
      next: new Int32Array(this.#names.size).fill(UNKNOWN),
      items,
      dead: items.length === 0,
      ownText: probes.length + plain.length > 0 || texts.some((line) => !takesAll(line)),
      deepText: items.some(
        (item) => item.kind === 'line' && item.step === item.line.steps.length && takesAll(item.line),
      ),
      hashed: items.some(({ kind }) => kind === 'hash'),
      keepsAttributes: attributes.length > 0 || judged || kept,
      matched: items.some((item) => item.kind === 'line' && item.here && (item.step > 0 || isEnd(item))),
      records,
      contexts,
      guards,
      plain,
      texts,
      attributes,
      probes,
      opens: records.length > 0 || contexts.length > 0 || guards.length > 0,
      closes: values.length + records.length + contexts.length + guards.length + probes.length > 0,
    };
  }

  #contextsAt(items: readonly Item[]): readonly number[] {
    const above = this.#compiled.contexts.filter(
      ({ table, up }) =>
        up > 0 &&
        items.some(
          (item) =>
            item.kind === 'line' &&
            item.line.role.kind === 'record' &&
            item.line.role.table === table &&
            isAncestorPossible(item.line, item.step, item.here, up),
        ),
    );
    return above.map(({ id }) => id);
  }
}

/** @returns whether a name test accepts a name, its namespace apart. */
export function matchesName(matcher: NameMatcher, name: number, names: NameTable): boolean {
  if (matcher.kind === 'any') return true;
  if (names.localOf(name) === matcher.id) return true;
  return matcher.kind === 'exact' && name === matcher.id;
}

function plainTake({ role, direct, guarded, steps }: Line): readonly PlainTake[] {
  if (role.kind !== 'value' || role.take.kind !== 'text' || guarded || !direct) return [];
  return [{ context: role.context, source: role.source, levels: steps.length }];
}

function takesAll({ role }: Line): boolean {
  return role.kind === 'value' && role.take.kind === 'string';
}

function isEnd(item: Item): item is Extract<Item, { kind: 'line' }> {
  return item.kind === 'line' && item.here && item.step === item.line.steps.length;
}

function guardsOf(items: readonly Item[]): readonly Guard[] {
  const guards = items.flatMap((item) => {
    const guard = item.kind === 'line' && item.here ? item.line.steps[item.step - 1]?.guard : null;
    return guard ? [guard] : [];
  });
  return [...new Set(guards)];
}

function keyOf(item: Item): string {
  if (item.kind === 'hash') return 'h';
  const here = item.here ? '' : '~';
  if (item.kind === 'probe') return `p${item.probe.guard.id}.${item.probe.test}${here}`;
  return `${item.line.id}.${item.step}${here}`;
}
