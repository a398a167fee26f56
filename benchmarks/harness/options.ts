import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Tools } from './contenders.ts';

export interface Options {
  readonly quick: boolean;
  readonly rounds: number;
  readonly dossiers: number;
  /** Dossiers for the script with a single thread, which would take minutes otherwise. */
  readonly dossiersAlone: number;
  readonly records: number;
  readonly recordFiles: number;
  readonly bigFileMegabytes: number;
  readonly smallFiles: number;
  readonly csvRows: number;
  readonly bigCsvMegabytes: number;
  readonly parseMegabytes: number;
  readonly reviewRows: number;
  readonly only: readonly string[];
  readonly withoutLoadstone: boolean;
  readonly data: string;
  readonly out: string;
  readonly settings: readonly string[];
  readonly tools: Tools;
}

const USAGE = `Options of the benchmarks:
  --quick              small sizes and one round, to see that everything works
  --rounds N           rounds of every race (5; with --quick 1)
  --dossiers N         dossiers for Loadstone and the script with ten threads (20000)
  --dossiers-alone N   dossiers for the script with one thread (2000)
  --records N          records of about 1.3 kB, a multiple of ten (100000)
  --record-files N     files they lie in (2000)
  --big-file MB        size of the one big file of the memory test (500)
  --small-files N      files of the memory test (20000)
  --csv-rows N         rows of about 170 bytes of the CSV race (1200000)
  --big-csv MB         size of the big CSV file of the tests of inference (2000)
  --parse MB           size of the file that CSV readers race on (100)
  --review-rows N      rows that are checked against as many, one in ten a conflict (1000000)
  --only a,b           races: dossiers, new, filled; memory tests: big, small, csv; inference: csv, xml, sample;
                       stored results hold these only
  --without-loadstone  competitors only
  --data DIR           where data sets are made and kept (${join(tmpdir(), 'loadstone-bench-data')})
  --out DIR            where results and REPORT.md go (benchmarks/; with --quick the data folder)
  --pg name=value      a setting of the throw-away server, any number of times
  --loadstone PATH     the command line's entry (bin/loadstone.cjs of this checkout)
  --psql PATH, --python PATH, --pgloader PATH
  --peers DIR          where npm installed peers (${join(tmpdir(), 'loadstone-bench-peers')})
`;

type Size =
  | 'rounds'
  | 'dossiers'
  | 'dossiers-alone'
  | 'records'
  | 'record-files'
  | 'big-file'
  | 'small-files'
  | 'csv-rows'
  | 'big-csv'
  | 'parse'
  | 'review-rows';

export function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      dossiers: { type: 'string' },
      'dossiers-alone': { type: 'string' },
      records: { type: 'string' },
      'record-files': { type: 'string' },
      'big-file': { type: 'string' },
      'small-files': { type: 'string' },
      'csv-rows': { type: 'string' },
      'big-csv': { type: 'string' },
      parse: { type: 'string' },
      'review-rows': { type: 'string' },
      only: { type: 'string', default: '' },
      'without-loadstone': { type: 'boolean', default: false },
      data: { type: 'string' },
      out: { type: 'string' },
      pg: { type: 'string', multiple: true, default: [] },
      loadstone: { type: 'string', default: fileURLToPath(new URL('../../bin/loadstone.cjs', import.meta.url)) },
      psql: { type: 'string', default: '/usr/bin/psql' },
      python: { type: 'string', default: '/usr/bin/python3' },
      pgloader: { type: 'string', default: '/usr/bin/pgloader' },
      peers: { type: 'string', default: join(tmpdir(), 'loadstone-bench-peers') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    process.exit(0);
  }
  const quick = values.quick;
  const size = (name: Size, full: number, small: number): number =>
    positive(name, values[name] ?? String(quick ? small : full));
  const data = values.data ?? join(tmpdir(), 'loadstone-bench-data');
  return {
    quick,
    rounds: size('rounds', 5, 1),
    dossiers: size('dossiers', 20_000, 500),
    dossiersAlone: size('dossiers-alone', 2000, 200),
    records: Math.ceil(size('records', 100_000, 5000) / 10) * 10,
    recordFiles: size('record-files', 2000, 100),
    bigFileMegabytes: size('big-file', 500, 20),
    smallFiles: size('small-files', 20_000, 1000),
    csvRows: size('csv-rows', 1_200_000, 20_000),
    bigCsvMegabytes: size('big-csv', 2000, 20),
    parseMegabytes: size('parse', 100, 5),
    reviewRows: size('review-rows', 1_000_000, 20_000),
    only: values.only.split(',').filter((name) => name !== ''),
    withoutLoadstone: values['without-loadstone'],
    data,
    out: values.out ?? (quick ? data : fileURLToPath(new URL('..', import.meta.url))),
    settings: values.pg,
    tools: {
      loadstone: values.loadstone,
      psql: values.psql,
      python: values.python,
      pgloader: values.pgloader,
      peers: values.peers,
      home: join(data, 'home'),
      work: join(data, 'work'),
    },
  };
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`--${name} takes a whole number from 1 on, not "${text}".`);
  return number;
}
