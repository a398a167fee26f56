import type { FileCorrections } from '#engine/model/corrections';
import type { RowSink } from '#engine/model/row-sink';
import type { TreeHandler } from '#engine/model/tree-handler';
import type { CompiledMapping, CompiledTable } from './compile/compiled.ts';
import { AttributeStore } from './match/attribute-store.ts';
import { Automaton, type ElementState } from './match/automaton.ts';
import { ElementJudge } from './match/element-judge.ts';
import { assertColumns } from './match/missing-columns.ts';
import { NamespaceScope } from './match/namespace-scope.ts';
import { OpenElement } from './match/open-elements.ts';
import { unmappedColumns } from './match/unmapped-columns.ts';
import { ValueTaker } from './match/value-taker.ts';
import type { ContentHash } from './rows/content-hash.ts';
import type { MappedFile } from './rows/local-values.ts';
import { OpenRecords } from './rows/open-records.ts';
import type { HoldLimits } from './rows/row-builder.ts';

/** Enough for documents of usual size, little enough for any number of workers. */
const HOLD_LIMITS: HoldLimits = { rows: 1_000, bytes: 1_000_000 };
const NO_FILE: MappedFile = { path: '', name: '', folder: '' };
const NOBODY: RowSink = { row() {}, reject() {}, late() {}, warn() {} };

/**
 * Turns one document after the other into rows. Values are taken while the document streams by: an automaton over the
 * element names knows at each element whose value it may be, predicates are judged as soon as the document allows, and
 * a record's row goes out when its element ends. So memory is bounded by the open records' own values.
 *
 * Between `startFile` and `endFile` it hears one document. After a failure in between, the next `startFile` begins anew.
 */
export class Mapper implements TreeHandler {
  wantsText = false;
  wantsAttributes = false;
  readonly #compiled: CompiledMapping;
  readonly #scope: NamespaceScope;
  readonly #attributes: AttributeStore;
  readonly #judge: ElementJudge;
  readonly #taker: ValueTaker;
  readonly #records: OpenRecords;
  readonly #automatons = new Map<string, Automaton>();
  /** By depth; [0] stands for the document. */
  readonly #stack: OpenElement[] = [];
  readonly #hashes: ContentHash[] = [];
  #automaton: Automaton;
  #path = '';
  #active: readonly CompiledTable[] = [];
  #sink: RowSink = NOBODY;
  #depth = 0;
  /** Open elements below one in which nothing can be selected. */
  #ignored = 0;
  #ordinal = 0;
  /** Of the document so far, mapped or not. */
  #elements = 0;
  #extra = 0;
  #mixed = 0;
  #unbound = 0;

  constructor(compiled: CompiledMapping, limits: HoldLimits = HOLD_LIMITS) {
    this.#compiled = compiled;
    this.#scope = new NamespaceScope(compiled.names);
    this.#attributes = new AttributeStore(this.#scope);
    const extra = (count: number) => {
      this.#extra += count;
    };
    this.#automaton = this.#automatonFor([]);
    this.#stack.push(new OpenElement(this.#automaton.start, compiled.contexts.length));
    const shared = { compiled, stack: this.#stack, attributes: this.#attributes, scope: this.#scope };
    this.#records = new OpenRecords({ ...shared, hashes: this.#hashes, extra, limits });
    const decided = this.#records.reconsider.bind(this.#records);
    this.#judge = new ElementJudge({ ...shared, extra, decided });
    this.#taker = new ValueTaker(shared);
  }

  /**
   * Begins a file.
   * @param sink Hears everything about this file before `endFile` returns.
   * @param corrections Take the place of what the file holds.
   */
  startFile(file: MappedFile, sink: RowSink, corrections: FileCorrections | null = null): void {
    this.#sink = sink;
    this.#path = file.path;
    this.#active = this.#compiled.tables.filter(({ feeds }) => feeds(file.path));
    this.#automaton = this.#automatonFor(this.#active);
    while (this.#depth > 0) this.#clear(this.#stack[this.#depth--] as OpenElement);
    const document = this.#stack[0] as OpenElement;
    this.#clear(document);
    document.state = this.#automaton.start;
    this.#attributes.truncate(0);
    this.#scope.reset();
    this.#hashes.length = 0;
    this.#ignored = 0;
    this.#ordinal = 0;
    this.#elements = 0;
    this.#extra = 0;
    this.#mixed = 0;
    this.#unbound = 0;
    this.#records.startFile(file, sink, corrections);
    this.#want(document.state);
  }

  /** Ends a file: its warnings are told. */
  endFile(): void {
    this.#judge.endChildren(this.#stack[0] as OpenElement);
    if (this.#extra > 0) this.#sink.warn('EXTRA_IGNORED', this.#extra);
    if (this.#mixed > 0) this.#sink.warn('MIXED_CONTENT', this.#mixed);
    if (this.#unbound > 0) this.#sink.warn('UNBOUND_PREFIX', this.#unbound);
    this.#records.startFile(NO_FILE, NOBODY, null);
    this.#sink = NOBODY;
  }

  /** What the mapper keeps of the open document, in values and rows: for tests of its memory. */
  get held(): number {
    return this.#records.held + this.#attributes.size;
  }

  /** How many records have begun in this file, over all tables: the sequence of the last one. */
  get sequence(): number {
    return this.#records.sequence;
  }

  header(columns: readonly number[], line: number): void {
    assertColumns(this.#compiled, this.#active, columns, { path: this.#path, line });
    if (this.#ignored > 0) return;
    const { names } = this.#compiled;
    const file = (this.#stack[this.#depth] as OpenElement).state;
    const unmapped = unmappedColumns(this.#automaton, file, names.intern('row'), columns);
    for (const name of unmapped.names) this.#sink.warn('UNMAPPED_COLUMNS', 1, names.nameOf(name));
    if (unmapped.more > 0) this.#sink.warn('UNMAPPED_COLUMNS', unmapped.more);
  }

  open(name: number, line: number): void {
    const parent = this.#stack[this.#depth] as OpenElement;
    parent.hasChild = true;
    // Every element counts, so that a number does not depend on what is mapped.
    this.#elements += 1;
    if (this.#ignored > 0) {
      this.#ignored += 1;
      return;
    }
    if (parent.runs !== null) this.#judge.judgeOpen(parent, this.#depth);
    const state = this.#automaton.follow(parent.state, name);
    if (state.dead) {
      this.#ignored = 1;
      this.wantsText = false;
      this.wantsAttributes = false;
      return;
    }
    this.#depth += 1;
    const element = this.#stack[this.#depth] ?? this.#grow(state);
    element.name = name;
    element.state = state;
    element.ordinal = ++this.#ordinal;
    element.record = parent.record;
    element.firstAttribute = this.#attributes.size;
    element.endAttribute = element.firstAttribute;
    if (state.opens) this.#begin(element, parent, line);
    if (state.hashed) for (const hash of this.#hashes) hash.open(name);
    this.wantsText = state.ownText || state.deepText || state.hashed;
    this.wantsAttributes = true;
  }

  attribute(name: number, value: string): void {
    if (this.#ignored > 0 || this.#scope.declares(name, value, this.#depth)) return;
    const element = this.#stack[this.#depth] as OpenElement;
    if (element.state.keepsAttributes) this.#attributes.add(element, name, value);
    if (element.state.hashed) for (const hash of this.#hashes) hash.attribute(name, value);
  }

  text(piece: string): void {
    if (this.#ignored > 0) return;
    const element = this.#stack[this.#depth] as OpenElement;
    const { state } = element;
    if (state.ownText) element.ownText = element.ownText === '' ? piece : element.ownText + piece;
    if (state.deepText) element.deepText += piece;
    if (state.hashed) for (const hash of this.#hashes) hash.text(piece);
  }

  unresolvedEntity(name: string): void {
    if (this.#ignored > 0) return;
    const element = this.#stack[this.#depth] as OpenElement;
    element.entity = name;
    element.deepEntity = name;
    if (element.state.hashed) for (const hash of this.#hashes) hash.text(`&${name};`);
  }

  unresolvedAttributeEntity(name: string): void {
    if (this.#ignored === 0) this.#attributes.taint(this.#stack[this.#depth] as OpenElement, name);
  }

  close(): void {
    if (this.#ignored > 0) {
      this.#ignored -= 1;
      if (this.#ignored === 0) this.#want((this.#stack[this.#depth] as OpenElement).state);
      return;
    }
    const depth = this.#depth;
    const element = this.#stack[depth] as OpenElement;
    const parent = this.#stack[depth - 1] as OpenElement;
    if (element.state.closes || element.siblings !== null) this.#end(element, parent, depth);
    else if (element.state.hashed) for (const hash of this.#hashes) hash.close();
    if (element.state.deepText && parent.state.deepText) {
      parent.deepText += element.deepText;
      parent.deepEntity = element.deepEntity ?? parent.deepEntity;
    }
    if (element.state.matched && this.#scope.isNewlyUnbound(element.name, depth)) this.#unbound += 1;
    this.#scope.leave(depth);
    this.#attributes.truncate(element.firstAttribute);
    this.#clear(element);
    this.#depth = depth - 1;
    this.#want(parent.state);
  }

  nullItem(name: number): void {
    if (this.#ignored > 0) return;
    const parent = this.#stack[this.#depth] as OpenElement;
    const { records, guards } = this.#automaton.follow(parent.state, name);
    parent.hasChild = true;
    this.#records.pass(records, parent, name);
    this.#judge.pass(parent, guards);
  }

  correctedRecord(name: number): string | null {
    if (this.#ignored > 0) return null;
    const { records } = this.#automaton.follow((this.#stack[this.#depth] as OpenElement).state, name);
    return this.#records.correctedRecord(records);
  }

  beginsRecord(path: readonly number[]): boolean {
    if (this.#ignored > 0) return false;
    const from = (this.#stack[this.#depth] as OpenElement).state;
    const { dead, records } = path.reduce(
      (state, name) => (state.dead ? state : this.#automaton.follow(state, name)),
      from,
    );
    return !dead && records.length > 0;
  }

  brokenRecord(name: number, line: number, raw: string, message: string): void {
    if (this.#ignored > 0) return;
    const parent = this.#stack[this.#depth] as OpenElement;
    const { records } = this.#automaton.follow(parent.state, name);
    if (records.length > 0) this.#records.broken({ tables: records, parent, name, line, raw, message });
  }

  #begin(element: OpenElement, parent: OpenElement, line: number): void {
    const { state } = element;
    if (state.guards.length > 0) this.#judge.begin(element, parent);
    if (state.records.length > 0)
      this.#records.begin(element, parent, { depth: this.#depth, line, node: this.#elements });
  }

  #end(element: OpenElement, parent: OpenElement, depth: number): void {
    const { state } = element;
    this.#judge.endChildren(element);
    if (element.runs !== null) this.#judge.end(element, depth);
    if (state.probes.length > 0) this.#judge.probe(element, parent, depth);
    if (state.plain.length + state.texts.length > 0 && this.#taker.takeTexts(element, depth)) this.#mixed += 1;
    if (state.attributes.length > 0) this.#unbound += this.#taker.takeAttributes(element, depth);
    if (state.hashed) for (const hash of this.#hashes) hash.close();
    this.#records.end(element, depth);
  }

  /** Makes the element's object ready for the next one of its depth; what is rarely set is rarely cleared. */
  #clear(element: OpenElement): void {
    if (element.records !== null || element.state.contexts.length > 0) {
      element.records = null;
      element.contexts.fill(null);
    }
    if (element.ownText !== '') element.ownText = '';
    if (element.deepText !== '') element.deepText = '';
    if (element.entity !== null || element.deepEntity !== null) {
      element.entity = null;
      element.deepEntity = null;
    }
    if (element.runs !== null) element.runs = null;
    if (!element.hasChild) return;
    element.hasChild = false;
    element.siblings = null;
    element.indexes = null;
  }

  #grow(state: ElementState): OpenElement {
    const element = new OpenElement(state, this.#compiled.contexts.length);
    this.#stack.push(element);
    return element;
  }

  #want(state: ElementState): void {
    this.wantsText = state.ownText || state.deepText || state.hashed;
    this.wantsAttributes = false;
  }

  #automatonFor(active: readonly CompiledTable[]): Automaton {
    const key = active.map(({ index }) => index).join(' ');
    const known = this.#automatons.get(key) ?? new Automaton(this.#compiled, active);
    this.#automatons.set(key, known);
    return known;
  }
}
