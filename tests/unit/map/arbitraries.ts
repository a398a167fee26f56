import fc from 'fast-check';
import type { ColumnPath, NamedTest, NameTest, Predicate, RecordsPattern, Step, Terminal } from '#engine/map/path/ast';
import type { Tree } from './support.ts';

const plain = (local: string): NamedTest => ({ kind: 'name', prefix: null, local });

interface Names {
  readonly named: fc.Arbitrary<NamedTest>;
  readonly value: fc.Arbitrary<string>;
}

/** Few names and values, so that paths meet trees. */
const FEW: Names = {
  named: fc.constantFrom('a', 'b').map(plain),
  value: fc.constantFrom('v', 'w'),
};

const word = fc.stringMatching(/^[A-Za-z_ạĐ大][A-Za-z0-9_.\-ạ字]{0,6}$/);
/** Anything the language can say. */
const ALL: Names = {
  named: fc.oneof(
    word.map(plain),
    fc.record({ kind: fc.constant('name' as const), prefix: fc.oneof(fc.constant(''), word), local: word }),
    fc.string({ minLength: 1 }).map((name) => ({ kind: 'exact' as const, name })),
  ),
  value: fc.string().map((text) => text.replaceAll('"', "'")),
};

function treeOf(depth: number): fc.Arbitrary<Tree> {
  const text = fc.constantFrom('v', 'w', '');
  const children = depth === 0 ? text : fc.oneof({ weight: 5, arbitrary: treeOf(depth - 1) }, text);
  return fc.record({
    name: fc.constantFrom('a', 'b'),
    attributes: fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('v', 'w'), { maxKeys: 2 }),
    children: fc.array(children, { maxLength: 4, size: 'max' }),
  });
}

export const tree = treeOf(4);

function predicate(names: Names, last: boolean): fc.Arbitrary<Predicate> {
  return fc.oneof(
    fc.integer({ min: 1, max: 2 }).map((position) => ({ kind: 'position' as const, position })),
    ...(last ? [fc.constant({ kind: 'last' as const })] : []),
    fc.record({ kind: fc.constantFrom('attribute' as const, 'child' as const), name: names.named, value: names.value }),
  );
}

function step(names: Names, last: boolean): fc.Arbitrary<Step> {
  const test: fc.Arbitrary<NameTest> = fc.oneof(
    { weight: 5, arbitrary: names.named },
    { weight: 1, arbitrary: fc.constant({ kind: 'any' as const }) },
  );
  return fc.record({
    axis: fc.oneof({ weight: 3, arbitrary: fc.constant('child' as const) }, fc.constant('descendant' as const)),
    test,
    predicates: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.array(predicate(names, last), { minLength: 1, maxLength: 2 }),
    ),
  });
}

function selection(names: Names): fc.Arbitrary<Extract<ColumnPath, { kind: 'select' }>> {
  const terminal: fc.Arbitrary<Terminal> = fc.oneof(
    fc.constantFrom({ kind: 'value' as const }, { kind: 'text' as const }, { kind: 'string' as const }),
    fc.record({ kind: fc.constant('attribute' as const), name: names.named }),
  );
  return fc.record({
    kind: fc.constant('select' as const),
    up: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 3 })),
    steps: fc.array(step(names, true), { maxLength: 3 }),
    terminal,
  });
}

function pattern(names: Names): fc.Arbitrary<RecordsPattern> {
  return fc
    .record({ absolute: fc.boolean(), steps: fc.array(step(names, false), { minLength: 1, maxLength: 3 }) })
    .map(({ absolute, steps }) => {
      const [first, ...rest] = steps as [Step, ...Step[]];
      return { absolute, steps: [{ ...first, axis: 'child' as const }, ...rest] };
    });
}

export const fewSelections = selection(FEW);
export const fewPatterns = pattern(FEW);
export const allPatterns = pattern(ALL);
export const allPaths: fc.Arbitrary<ColumnPath> = fc.oneof(
  { weight: 5, arbitrary: selection(ALL) },
  fc.constantFrom('file', 'name', 'folder', 'line', 'index', 'hash').map((fact) => ({
    kind: 'fact' as const,
    fact: fact as 'file',
  })),
  fc.oneof(word, fc.string({ minLength: 1 })).map((column) => ({ kind: 'parent' as const, column })),
);
