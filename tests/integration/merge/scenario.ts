import fc from 'fast-check';
import type { MappingInput } from '#contract/mapping';
import {
  type ConflictChoice,
  type ConflictCondition,
  type ResolutionPolicy,
  type Resolutions,
  resolutionsSchema,
} from '#contract/resolutions';
import type { ModelFile, ModelRecord, ModelTable, Policy } from './model.ts';

/** Small random loads over three tables: `person` (refers to itself), `deed` (a key of two columns), `note`. */

export interface Load {
  readonly files: readonly ModelFile[];
  readonly tables: readonly ModelTable[];
  /** Policy for everything, over what the tables say. */
  readonly onConflict: Policy | undefined;
  readonly resolutions: Resolutions | undefined;
}

export interface Scenario {
  /** created: by the first load · keyed: by hand, with references that cannot wait · bare: by hand, without references. */
  readonly targets: 'created' | 'keyed' | 'bare';
  readonly loads: readonly Load[];
  /** Numbers of loads, in the order in which they are undone. */
  readonly undos: readonly number[];
}

const IDS = ['1', '2', '3', '4', "o'k"];
const PATHS = ['b.xml', 'a/z.xml', 'a.xml', 'Z.xml', 'é.xml', 'a-.xml', '10.xml', '9.xml'];
const BAD_NUMBER = '1.2.3';

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });
const policy = fc.constantFrom<Policy>('skip', 'overwrite', 'merge');
const id = fc.constantFrom(...IDS);
const number = fc.constantFrom('1', '2');

interface Shape {
  readonly name: string;
  readonly key: readonly string[];
  readonly types: Readonly<Record<string, string>>;
  readonly defaults: Readonly<Record<string, string>>;
  readonly references: readonly {
    readonly columns: readonly string[];
    readonly table: string;
    readonly on: readonly string[];
  }[];
}

/** In merge order. A deed's two reference columns of a note always stand or fall together. */
const PERSON: Shape = {
  name: 'person',
  key: ['id'],
  types: { id: 'varchar(20)', a: 'text', b: 'integer', amount: 'numeric(6,2)', boss: 'varchar(20)' },
  defaults: { b: '7' },
  references: [{ columns: ['boss'], table: 'person', on: ['id'] }],
};
const DEED: Shape = {
  name: 'deed',
  key: ['k1', 'k2'],
  types: { k1: 'varchar(20)', k2: 'integer', owner: 'varchar(20)', w: 'text', doc: 'json', tags: 'jsonb' },
  defaults: { w: 'none' },
  references: [{ columns: ['owner'], table: 'person', on: ['id'] }],
};
const NOTE: Shape = {
  name: 'note',
  key: ['id'],
  types: { id: 'varchar(20)', d1: 'varchar(20)', d2: 'integer', at: 'timestamp' },
  defaults: {},
  references: [{ columns: ['d1', 'd2'], table: 'deed', on: ['k1', 'k2'] }],
};
const SHAPES: readonly Shape[] = [PERSON, DEED, NOTE];
/** Makes person and deed a cycle. */
const FAVOURITE = { columns: ['f1', 'f2'], table: 'deed', on: ['k1', 'k2'] };

function shapes(cyclic: boolean): readonly Shape[] {
  if (!cyclic) return SHAPES;
  const types = { ...PERSON.types, f1: 'varchar(20)', f2: 'integer' };
  return [{ ...PERSON, types, references: [...PERSON.references, FAVOURITE] }, DEED, NOTE];
}

const pair = (first: string, second: string) =>
  maybe(fc.tuple(id, number)).map((chosen) => ({ [first]: chosen?.[0] ?? null, [second]: chosen?.[1] ?? null }));

function recordOf(cyclic: boolean): fc.Arbitrary<ModelRecord> {
  const person = fc
    .tuple(
      fc.record({
        id,
        a: maybe(fc.constantFrom('x', 'y', 'a\\b')),
        b: maybe(fc.constantFrom('7', '8')),
        amount: maybe(fc.constantFrom('1.50', '2.00')),
        boss: maybe(id),
      }),
      cyclic ? pair('f1', 'f2') : fc.constant({}),
    )
    .map(([row, favourite]): ModelRecord => ({ table: 'person', values: { ...row, ...favourite }, flaw: null }));
  const deed = fc
    .record({
      k1: id,
      k2: number,
      owner: maybe(id),
      w: maybe(fc.constantFrom('none', 'some')),
      doc: maybe(fc.constantFrom('{"a":1}', '[]')),
      tags: maybe(fc.constantFrom('{"u": 1}', '[1, null]')),
    })
    .map((values): ModelRecord => ({ table: 'deed', values, flaw: null }));
  const note = fc
    .tuple(
      fc.record({ id, at: maybe(fc.constantFrom('2020-01-02 03:04:05', '2021-01-02 00:00:00')) }),
      pair('d1', 'd2'),
    )
    .map(([row, deedOf]): ModelRecord => ({ table: 'note', values: { ...row, ...deedOf }, flaw: null }));
  const flawed = fc.constantFrom<ModelRecord>(
    { table: 'person', values: { id: '1', a: null, b: null, amount: BAD_NUMBER, boss: null }, flaw: 'BAD_VALUE' },
    { table: 'deed', values: { k1: '1', k2: null, owner: null, w: null, doc: null, tags: null }, flaw: 'MISSING_KEY' },
  );
  return fc.oneof(
    { weight: 6, arbitrary: person },
    { weight: 5, arbitrary: deed },
    { weight: 3, arbitrary: note },
    { weight: 1, arbitrary: flawed },
  );
}

function loadOf(
  cyclic: boolean,
  onMissing: readonly ('reject' | 'null')[],
  resolutions: fc.Arbitrary<Resolutions | undefined>,
): fc.Arbitrary<Load> {
  const records = fc.array(recordOf(cyclic), { maxLength: 10 });
  const files = fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...PATHS), { minLength: 1, maxLength: 3 }),
      fc.array(records, { minLength: 3, maxLength: 3 }),
    )
    .map(([paths, contents]) => paths.map((path, i): ModelFile => ({ path, records: contents[i] ?? [] })));
  const policies = fc.array(fc.record({ all: policy, one: policy, at: fc.nat({ max: 20 }) }), {
    minLength: 3,
    maxLength: 3,
  });
  const onConflict = fc.option(policy, { nil: undefined, freq: 4 });
  return fc.record({ files, policies, onConflict, resolutions }).map(
    (given): Load => ({
      files: given.files,
      onConflict: given.onConflict,
      resolutions: given.resolutions,
      tables: shapes(cyclic).map((shape, i): ModelTable => {
        const columns = Object.keys(shape.types);
        const { all, one, at } = given.policies[i] ?? { all: 'skip', one: 'skip', at: 0 };
        const single = singleColumns(shape);
        const special = single[at % single.length];
        const chosen = (column: string) => given.onConflict ?? (column === special ? one : all);
        return {
          name: shape.name,
          key: shape.key,
          columns,
          defaults: shape.defaults,
          references: shape.references.map((r, n) => ({
            ...r,
            onMissing: onMissing[(i + n) % onMissing.length] ?? 'reject',
          })),
          policies: Object.fromEntries(columns.map((column) => [column, chosen(column)])),
          numbers: columns.filter((column) => /^(integer|numeric)/.test(shape.types[column] ?? '')),
          resolutions: given.resolutions,
        };
      }),
    }),
  );
}

/** Values of these have an order that is plain to see. */
function orderedColumns(shape: Shape): readonly string[] {
  return Object.keys(shape.types).filter((column) => !shape.types[column]?.startsWith('json'));
}

function policyOf(shape: Shape, mayFail: boolean): fc.Arbitrary<ResolutionPolicy> {
  const decisive = orderedColumns(shape).filter((column) => !shape.key.includes(column));
  return fc.oneof(
    { weight: 6, arbitrary: policy },
    { weight: 6, arbitrary: fc.constantFrom(...decisive).map((newer) => ({ newer })) },
    { weight: mayFail ? 1 : 0, arbitrary: fc.constant('fail' as const) },
  );
}

function choiceOf(shape: Shape, mayFail: boolean): fc.Arbitrary<ConflictChoice> {
  const columns = Object.keys(shape.types);
  const key = fc
    .tuple(id, number)
    .map(([first, second]) =>
      Object.fromEntries(shape.key.map((column) => [column, shape.types[column] === 'integer' ? second : first])),
    );
  const relation = fc.oneof(
    fc.record({
      column: fc.constantFrom(...columns),
      is: fc.constantFrom('different', 'different', 'same', 'fills', 'empties'),
    }),
    fc.record({ column: fc.constantFrom(...orderedColumns(shape)), is: fc.constantFrom('newer', 'older') }),
  ) as fc.Arbitrary<ConflictCondition>;
  const text = fc.record({
    column: fc.constantFrom(...columns),
    is: fc.constantFrom('equals', 'contains'),
    side: fc.constantFrom('new', 'old'),
    text: fc.constantFrom('1', '2', 'x', 'Y', 'none', '2.00', '{"a":1}', '[1, null]', ''),
  }) as fc.Arbitrary<ConflictCondition>;
  const condition = fc.oneof({ weight: 2, arbitrary: relation }, { weight: 1, arbitrary: text });
  const where = fc.oneof(fc.tuple(condition), fc.tuple(condition), fc.tuple(condition, condition));
  return fc.record({
    table: fc.constant(shape.name),
    which: fc.oneof(fc.record({ key }), fc.record({ where })),
    use: policyOf(shape, mayFail),
  });
}

function resolutionsOf(cyclic: boolean, mayFail: boolean): fc.Arbitrary<Resolutions | undefined> {
  const all = shapes(cyclic);
  const anyOf = (shape: Shape) => policyOf(shape, mayFail);
  const tables = all.map((shape) =>
    fc.record(
      {
        use: anyOf(shape),
        columns: fc.dictionary(fc.constantFrom(...singleColumns(shape)), policy, { maxKeys: 2 }),
      },
      { requiredKeys: [] },
    ),
  );
  const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const often = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 4 });
  const document = fc
    .record({
      use: some(fc.oneof(...all.map(anyOf))),
      tables: some(
        fc.record(Object.fromEntries(all.map((shape, i) => [shape.name, tables[i] as fc.Arbitrary<object>]))),
      ),
      choices: often(
        fc.array(fc.oneof(...all.map((shape) => choiceOf(shape, mayFail))), { minLength: 2, maxLength: 8 }),
      ),
    })
    .map((given) => resolutionsSchema.parse(JSON.parse(JSON.stringify({ version: 1, ...given }))));
  return fc.option(document, { nil: undefined, freq: 3 });
}

/** Half a reference of two columns could meet half of another: both follow one policy. */
function singleColumns({ types, references }: Shape): readonly string[] {
  return Object.keys(types).filter(
    (column) => !references.some((r) => r.columns.length > 1 && r.columns.includes(column)),
  );
}

export const scenario: fc.Arbitrary<Scenario> = fc
  .record({
    cyclic: fc.boolean(),
    targets: fc.constantFrom<Scenario['targets']>('created', 'created', 'keyed', 'keyed', 'bare'),
    onMissing: fc.array(fc.constantFrom<'reject' | 'null'>('reject', 'null'), { minLength: 4, maxLength: 4 }),
    newestFirst: fc.boolean(),
  })
  .chain(({ cyclic, targets, onMissing, newestFirst }) =>
    fc.array(loadOf(cyclic, onMissing, resolutionsOf(cyclic, true)), { minLength: 2, maxLength: 3 }).chain((loads) => {
      const numbers = loads.map((_, i) => i);
      const undos = newestFirst
        ? fc.constant(numbers.toReversed())
        : fc.shuffledSubarray(numbers, { minLength: 1, maxLength: numbers.length });
      return undos.map((order): Scenario => ({ targets, loads, undos: order }));
    }),
  );

export function mappingOf({ tables }: Load): MappingInput {
  return {
    version: 1,
    name: 'model',
    source: { format: 'xml' },
    tables: tables.map((table) => ({
      name: table.name,
      records: table.name,
      key: [...table.key],
      columns: table.columns.map((name) => ({
        name,
        path: `@${name}`,
        type: typeOf(table, name),
        ...(name in table.defaults && { default: `'${table.defaults[name]}'` }),
      })),
      references: table.references.map((reference) => ({
        ...reference,
        columns: [...reference.columns],
        on: [...reference.on],
      })),
      onConflict: { default: 'skip', columns: { ...table.policies } },
    })),
  };
}

function typeOf(table: ModelTable, column: string): string {
  const shape = shapes(true).find(({ name }) => name === table.name);
  return shape?.types[column] ?? 'text';
}

export function xmlOf({ records }: ModelFile): string {
  const lines = records.map(({ table, values }) => {
    const present = Object.entries(values).filter(([, value]) => value !== null);
    return `<${table} ${present.map(([name, value]) => `${name}="${(value ?? '').replaceAll('"', '&quot;')}"`).join(' ')}/>`;
  });
  return `<data>\n${lines.join('\n')}\n</data>\n`;
}

/** DDL for targets that somebody else made. */
export function ddlOf(
  schema: string,
  { tables }: Load,
  { withReferences, deferrable }: { readonly withReferences: boolean; readonly deferrable: boolean },
): string {
  const creates = tables.map((table) => {
    const columns = table.columns.map((name) => `${name} ${typeOf(table, name)}`);
    return `create table ${schema}.${table.name} (${columns.join(', ')}, primary key (${table.key.join(', ')}));`;
  });
  const references = tables.flatMap((table) =>
    table.references.map(
      (reference) =>
        `alter table ${schema}.${table.name} add foreign key (${reference.columns.join(', ')})
           references ${schema}.${reference.table} (${reference.on.join(', ')}) ${deferrable ? 'deferrable' : ''};`,
    ),
  );
  return [`create schema ${schema};`, ...creates, ...(withReferences ? references : [])].join('\n');
}

/** Two loads into tables that refuse some rows. */
export interface RefusedLoad {
  readonly targets: 'keyed' | 'deferrable' | 'bare';
  readonly first: Load;
  readonly second: Load;
}

export const refusals: fc.Arbitrary<RefusedLoad> = fc
  .record({
    cyclic: fc.boolean(),
    targets: fc.constantFrom<RefusedLoad['targets']>('keyed', 'keyed', 'deferrable', 'bare'),
    onMissing: fc.array(fc.constantFrom<'reject' | 'null'>('reject', 'null'), { minLength: 4, maxLength: 4 }),
  })
  .chain(({ cyclic, targets, onMissing }) =>
    fc.record({
      targets: fc.constant(targets),
      first: loadOf(cyclic, onMissing, fc.constant(undefined)),
      second: loadOf(cyclic, onMissing, resolutionsOf(cyclic, false)),
    }),
  );
