import type { NameTable } from '#engine/model/name-table';
import type { NamedTest, NameTest, Predicate, RecordsPattern, Step } from '../path/ast.ts';
import { printStep } from '../path/print-path.ts';
import type { Guard, GuardTest, Line, LineRole, LineStep, NameMatcher } from './compiled.ts';

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/** Turns parsed paths into lines: names become ids, predicates become shared guards. */
export class LineBuilder {
  readonly #names: NameTable;
  readonly #namespaces: Readonly<Record<string, string>>;
  readonly #guards = new Map<string, Guard>();
  #lines = 0;

  constructor(names: NameTable, namespaces: Readonly<Record<string, string>>) {
    this.#names = names;
    this.#namespaces = namespaces;
  }

  get guards(): readonly Guard[] {
    return [...this.#guards.values()];
  }

  /** A `records` pattern; without one every child of the document is a record: each CSV line, each JSON item. */
  pattern(pattern: RecordsPattern | null, table: number): Line {
    const any: Step = { axis: 'child', test: { kind: 'any' }, predicates: [] };
    const { absolute, steps } = pattern ?? { absolute: true, steps: [any, any] };
    return this.#line(steps, !absolute, { kind: 'record', table });
  }

  value(steps: readonly Step[], role: LineRole): Line {
    return this.#line(steps, false, role);
  }

  matcher(test: NameTest): NameMatcher {
    if (test.kind === 'any') return { kind: 'any', id: -1, uri: null };
    if (test.kind === 'exact') return { kind: 'exact', id: this.#names.intern(test.name), uri: null };
    return { kind: 'local', id: this.#names.intern(test.local), uri: this.#uri(test) };
  }

  #uri(test: NamedTest): string | null {
    if (test.kind === 'exact' || test.prefix === null) return null;
    if (test.prefix === '') return '';
    return test.prefix === 'xml' ? XML_NAMESPACE : (this.#namespaces[test.prefix] ?? null);
  }

  #line(steps: readonly Step[], anywhere: boolean, role: LineRole): Line {
    const compiled = steps.map((step) => this.#step(step, role.kind === 'record'));
    return {
      id: this.#lines++,
      steps: compiled,
      anywhere,
      guarded: compiled.some(({ guard }) => guard !== null),
      direct: !anywhere && compiled.every(({ descendant }) => !descendant),
      role,
    };
  }

  #step(step: Step, records: boolean): LineStep {
    const test = this.matcher(step.test);
    return { descendant: step.axis === 'descendant', test, guard: this.#guard(step, test, records) };
  }

  #guard(step: Step, name: NameMatcher, records: boolean): Guard | null {
    const tests = step.predicates.map((predicate) => this.#test(predicate));
    if (name.uri !== null) tests.unshift({ kind: 'namespace' });
    if (tests.length === 0) return null;
    const key = printStep(step);
    const known = this.#guards.get(key);
    const guard = { id: known?.id ?? this.#guards.size, name, tests, records: records || known?.records === true };
    if (known !== undefined) return Object.assign(known, { records: guard.records });
    this.#guards.set(key, guard);
    return guard;
  }

  #test(predicate: Predicate): GuardTest {
    if (predicate.kind === 'position' || predicate.kind === 'last') return predicate;
    return { kind: predicate.kind, name: this.matcher(predicate.name), value: predicate.value };
  }
}
