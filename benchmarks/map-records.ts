/**
 * What mapping costs per record of 20 columns and about 1.3 kB, with conversion and without: the parser's events are
 * recorded once and played back, so that nothing else is measured. Run: `node benchmarks/map-records.ts [records]`.
 */
import { mappingSchema } from '#contract/mapping';
import type { CompiledMapping } from '#engine/map/compile/compiled';
import { compileMapping } from '#engine/map/compile-mapping';
import { Mapper } from '#engine/map/mapper';
import { NameTable } from '#engine/model/name-table';
import type { RowSink } from '#engine/model/row-sink';

const RECORDS = Number(process.argv[2] ?? 20_000);
const ROUNDS = 10;
const DIRECT = 12;
const NESTED = 8;
const UNMAPPED = 5;

const names = new NameTable();
const nested = Array.from({ length: NESTED }, (_, at) => ({
  name: `giayTo${at}`,
  type: 'varchar(255)',
  path: `GiayToTuyThanCollection/GiayToTuyThan[1]/g${at}`,
}));
const direct = Array.from({ length: DIRECT }, (_, at) => ({ name: `c${at}`, type: 'varchar(255)', path: `c${at}` }));

function compile(columns: readonly object[]): CompiledMapping {
  const table = { name: 'canhan', records: 'CaNhanCollection/CaNhan', columns, key: ['c0'] };
  return compileMapping(
    mappingSchema.parse({ version: 1, name: 'benchmark', source: { format: 'xml' }, tables: [table] }),
    names,
  );
}

/** The same mapping whose conversion does nothing. */
function withoutConversion(compiled: CompiledMapping): CompiledMapping {
  const convert = { one: (raw: string) => raw, many: () => null };
  const tables = compiled.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({ ...column, convert })),
  }));
  return { ...compiled, tables };
}

function play(mapper: Mapper, id: (name: string) => number): void {
  const leaf = (name: number, text: string) => {
    mapper.open(name, 1);
    if (mapper.wantsText) mapper.text(text);
    mapper.close();
    if (mapper.wantsText) mapper.text('\n      ');
  };
  const columns = Array.from({ length: DIRECT + UNMAPPED }, (_, at) => id(`c${at}`));
  const below = Array.from({ length: NESTED }, (_, at) => id(`g${at}`));
  const [collection, record, papers, paper] = [
    id('CaNhanCollection'),
    id('CaNhan'),
    id('GiayToTuyThanCollection'),
    id('GiayToTuyThan'),
  ];
  mapper.open(collection, 1);
  for (let at = 0; at < RECORDS; at += 1) {
    mapper.open(record, 1);
    for (const name of columns) leaf(name, 'Nguyễn Văn A 0123456789');
    mapper.open(papers, 1);
    mapper.open(paper, 1);
    for (const name of below) leaf(name, 'Cục Cảnh sát 0123456789');
    mapper.close();
    mapper.close();
    mapper.close();
  }
  mapper.close();
}

function measure(what: string, compiled: CompiledMapping): void {
  const mapper = new Mapper(compiled);
  let rows = 0;
  const sink: RowSink = {
    row: () => {
      rows += 1;
    },
    reject: (reject) => {
      throw new Error(reject.message);
    },
    late() {},
    warn() {},
  };
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    mapper.startFile({ path: 'a.xml', name: 'a.xml', folder: '' }, sink);
    play(mapper, (name) => names.intern(name));
    mapper.endFile();
    times.push(performance.now() - started);
  }
  if (rows !== RECORDS * ROUNDS) throw new Error(`${rows} rows instead of ${RECORDS * ROUNDS}`);
  const best = Math.min(...times);
  console.log(`${what}: ${((best * 1000) / RECORDS).toFixed(2)} µs per record (best of ${ROUNDS})`);
}

const flat = compile([...direct, ...nested.map((column, at) => ({ ...column, path: `c${at}` }))]);
const mixed = compile([...direct, ...nested]);
measure('20 columns, all children, without conversion', withoutConversion(flat));
measure('12 children and 8 below [1], without conversion', withoutConversion(mixed));
measure('12 children and 8 below [1], with conversion', mixed);
