import type { CompiledMapping, Line } from '../compile/compiled.ts';
import { Context } from '../rows/context.ts';
import { align, alignDirect, type Decision } from './align.ts';
import type { AttributeStore } from './attribute-store.ts';
import type { NamespaceScope } from './namespace-scope.ts';
import type { OpenElement } from './open-elements.ts';

interface TakerOptions {
  readonly compiled: CompiledMapping;
  readonly stack: readonly OpenElement[];
  readonly attributes: AttributeStore;
  readonly scope: NamespaceScope;
}

/** Takes the values of elements that end into the contexts whose paths select them. */
export class ValueTaker {
  readonly #options: TakerOptions;

  constructor(options: TakerOptions) {
    this.#options = options;
  }

  /** @returns whether its own text was taken although it has children too. */
  takeTexts(element: OpenElement, depth: number): boolean {
    let own = false;
    const { plain, texts } = element.state;
    for (const { context: kind, source, levels } of plain) {
      const context = this.#contextAt(depth - levels, kind);
      if (context === null) continue;
      context.add(source, element.ordinal, element.ownText, element.entity);
      own = true;
    }
    for (const line of texts) {
      if (line.role.kind !== 'value') continue;
      if (line.role.take.kind === 'string') this.#take(line, element, depth, element.deepText, element.deepEntity);
      else if (this.#take(line, element, depth, element.ownText, element.entity)) own = true;
    }
    return own && element.hasChild && /[^ \t\r\n]/.test(element.ownText);
  }

  /** @returns how many prefixes of taken attributes are unbound, seen for the first time. */
  takeAttributes(element: OpenElement, depth: number): number {
    const { attributes, scope } = this.#options;
    let unbound = 0;
    for (const line of element.state.attributes) {
      if (line.role.kind !== 'value' || line.role.take.kind !== 'attribute') continue;
      const { name } = line.role.take;
      for (let at = attributes.find(element, depth, name); at >= 0; ) {
        const taken = this.#take(line, element, depth, attributes.valueAt(at), attributes.entityAt(at));
        if (taken && scope.isNewlyUnbound(attributes.nameAt(at), depth)) unbound += 1;
        at = attributes.find(element, depth, name, at + 1);
      }
    }
    return unbound;
  }

  #take(line: Line, element: OpenElement, depth: number, value: string, entity: string | null): boolean {
    if (line.role.kind !== 'value') return false;
    const { context: kind, source } = line.role;
    const highest = depth - line.steps.length;
    const lowest = line.direct ? highest : 1;
    let taken = false;
    for (let from = highest; from >= lowest; from -= 1) {
      const context = this.#contextAt(from, kind);
      if (context === null) continue;
      const decision = this.#decide(line, from, depth);
      if (decision === false) continue;
      if (decision === true) context.add(source, element.ordinal, value, entity);
      else context.addUndecided(source, element.ordinal, value, entity, decision);
      taken = true;
    }
    return taken;
  }

  #decide(line: Line, from: number, to: number): Decision {
    const { stack, compiled } = this.#options;
    const quick = line.direct ? alignDirect(line, stack, from) : null;
    return quick ?? align(line, stack, from, to, compiled.names);
  }

  #contextAt(depth: number, kind: number): Context | null {
    const element = this.#options.stack[depth];
    if (element === undefined || depth < 1) return null;
    return contextOf(element, kind, this.#options.compiled);
  }
}

/** The element's context of a kind; an ancestor's is made when it is first needed, a record's when it begins. */
export function contextOf(element: OpenElement, kind: number, compiled: CompiledMapping): Context | null {
  const known = element.contexts[kind];
  if (known) return known;
  const contextKind = compiled.contexts[kind];
  if (contextKind === undefined || !element.state.contexts.includes(kind)) return null;
  const context = new Context(contextKind);
  context.reset(element.ordinal);
  element.contexts[kind] = context;
  return context;
}
