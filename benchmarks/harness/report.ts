import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CopyFormatResult } from './copy-format-result.ts';
import type { Machine } from './machine.ts';
import { fenced, spread, table, whole } from './markdown.ts';
import type { MemoryResult } from './memory-result.ts';
import {
  type InferenceFile,
  inferencePart,
  type LoadCsvFile,
  loadCsvPart,
  type ParseCsvFile,
  parseCsvPart,
} from './report-csv.ts';
import { type ReviewFile, reviewPart } from './report-review.ts';
import type { ResponsivenessResult } from './responsiveness-result.ts';
import type { RaceResult, Result } from './rounds.ts';

interface RunFile {
  readonly quick: boolean;
  readonly machine: Machine;
  readonly missing: { readonly loadstone: string | null; readonly python: string | null };
  readonly shapes: { readonly loadstone: readonly string[]; readonly others: readonly string[] } | null;
  readonly races: readonly RaceResult[];
}

interface MemoryFile {
  readonly machine: Machine;
  readonly limitMegabytes: number;
  readonly tests: readonly MemoryResult[];
}

interface CopyFormatFile {
  readonly machine: Machine;
  readonly rows: number;
  readonly results: readonly CopyFormatResult[];
}

interface ResponsivenessFile {
  readonly machine: Machine;
  readonly limits: { readonly hostP99: number; readonly longestTask: number };
  readonly result: ResponsivenessResult;
}

/** Writes REPORT.md from the result files that exist. */
export function writeReport(folder: string, path: string): void {
  const run = read<RunFile>(folder, 'run');
  const memory = read<MemoryFile>(folder, 'memory');
  const format = read<CopyFormatFile>(folder, 'copy-format');
  const responsiveness = read<ResponsivenessFile>(folder, 'responsiveness');
  const csv = read<LoadCsvFile>(folder, 'load-csv');
  const parsing = read<ParseCsvFile>(folder, 'parse-csv');
  const inference = read<InferenceFile>(folder, 'infer-memory');
  const review = read<ReviewFile>(folder, 'review');
  const machine = (run ?? memory ?? format ?? responsiveness ?? csv ?? parsing ?? inference ?? review)?.machine ?? {};
  const parts = [
    '# Benchmark report\n\nWritten by the programs in this folder (README.md); figures are medians with the least and the most of all rounds.',
    `## Machine\n\n${table(['fact', 'value'], Object.entries(machine))}`,
    ...(run === null ? [] : speedParts(run)),
    ...(csv === null ? [] : [loadCsvPart(csv)]),
    ...(parsing === null ? [] : [parseCsvPart(parsing)]),
    ...(review === null ? [] : [reviewPart(review)]),
    ...(memory === null ? [] : [memoryPart(memory)]),
    ...(inference === null ? [] : [inferencePart(inference)]),
    ...(format === null ? [] : [copyFormatPart(format)]),
    ...(responsiveness === null ? [] : [responsivenessPart(responsiveness)]),
  ];
  writeFileSync(path, `${parts.join('\n\n')}\n`);
}

function read<T>(folder: string, name: string): T | null {
  const path = join(folder, `${name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : null;
}

function speedParts(run: RunFile): readonly string[] {
  const absent = Object.entries(run.missing).flatMap(([who, why]) =>
    why === null ? [] : [`* ${who}: ${why.split('\n')[0]}`],
  );
  return [
    ...(run.quick ? ['**Small sizes (`--quick`): these figures say only that everything works.**'] : []),
    ...(absent.length > 0 ? [`Not taking part:\n${absent.join('\n')}`] : []),
    `## Speed: aims\n\n${table(['aim', 'whole run', "by Loadstone's own seconds", 'met'], aimRows(run.races))}`,
    ...run.races.map(racePart),
    ...(run.shapes === null ? [] : [shapesPart(run.shapes)]),
  ];
}

interface Aim {
  readonly race: string;
  readonly against: string;
  readonly least: number;
}

const AIMS: readonly Aim[] = [
  { race: 'dossiers', against: 'script, 10 threads', least: 20 },
  { race: 'dossiers, fewer', against: 'script, 1 thread', least: 20 },
  { race: 'new tables', against: 'psql \\copy, 1 connection', least: 0.6 },
  { race: 'filled tables', against: 'psql \\copy, 1 connection', least: 0.4 },
  { race: 'new tables', against: 'lxml and execute_values, 8 threads', least: 2 },
  { race: 'filled tables', against: 'lxml and execute_values, 8 threads', least: 2 },
];

function aimRows(races: readonly RaceResult[]): readonly (readonly string[])[] {
  return AIMS.flatMap(({ race, against, least }) => {
    const results = races.find((item) => item.race === race)?.results ?? [];
    const own = results.find(({ contender }) => contender === 'loadstone');
    const peer = results.find(({ contender }) => contender === against);
    if (own === undefined || peer === undefined) return [];
    const ratio = peer.seconds.median / own.seconds.median;
    const inner = own.reported === undefined ? '' : (peer.seconds.median / own.reported.median).toFixed(2);
    return [[`${race}: at least ${least} × ${against}`, ratio.toFixed(2), inner, ratio >= least ? 'yes' : 'no']];
  });
}

function racePart({ race, files, rows, rounds, results }: RaceResult): string {
  const own = results.find(({ contender }) => contender === 'loadstone');
  const line = (result: Result): readonly string[] => [
    result.contender,
    spread(result.seconds),
    result.reported === undefined ? '' : spread(result.reported),
    whole(result.filesPerSecond),
    whole(result.rowsPerSecond),
    own === undefined ? '' : (result.seconds.median / own.seconds.median).toFixed(2),
  ];
  const heads = ['', 'seconds, whole run', 'own seconds', 'files/s', 'rows/s', 'loadstone is … times as fast'];
  const about = `${whole(files)} files, ${whole(rows)} rows, ${rounds} rounds in turn; after every run the row counts and contents were found equal.`;
  return `## ${race}\n\n${about}\n\n${table(heads, results.map(line))}`;
}

function shapesPart({ loadstone, others }: NonNullable<RunFile['shapes']>): string {
  if (loadstone.length === 0) return `## Keys, references and indexes of the record tables\n\n${fenced(others)}`;
  const normal = (lines: readonly string[]): readonly string[] =>
    lines.map((line) => line.replace(/ (DEFERRABLE|INITIALLY \w+)/g, '')).toSorted();
  const [ours, theirs] = [normal(loadstone), normal(others)];
  const onlyOurs = ours.filter((line) => !theirs.includes(line));
  const onlyTheirs = theirs.filter((line) => !ours.includes(line));
  const verdict =
    onlyOurs.length + onlyTheirs.length === 0
      ? "The tables Loadstone makes have the very keys, references and indexes of the others' tables:"
      : `Different: only Loadstone's have ${onlyOurs.join('; ') || 'nothing'}; only the others' have ${onlyTheirs.join('; ') || 'nothing'}. Loadstone's:`;
  return `## Keys, references and indexes of the record tables\n\n${verdict}\n\n${fenced(loadstone)}`;
}

function memoryPart({ limitMegabytes, tests }: MemoryFile): string {
  const rows = tests.flatMap(({ name, seconds, processes }) =>
    processes.map((item) => [
      name,
      item.role,
      `${item.samples}`,
      whole(item.maxMegabytes),
      whole(item.secondHalfMegabytes),
      item.growthMegabytes.toFixed(1),
      item.role === 'worker'
        ? `${item.maxMegabytes <= limitMegabytes ? 'within' : 'OVER'} the limit, ${item.flat ? 'flat' : 'RISING'}`
        : '',
      seconds.toFixed(1),
    ]),
  );
  const heads = [
    'load',
    'process',
    'samples',
    'max MB',
    'median MB, second half',
    'rise over the second half, MB',
    `limit ${limitMegabytes} MB`,
    'seconds of the load',
  ];
  const unseen = tests.flatMap(({ name, processes }) =>
    processes.some(({ role }) => role === 'worker') ? [] : [`**No worker was seen: ${name}.**\n\n`],
  );
  return `## Memory\n\n${unseen.join('')}Resident memory of every process of a load, read every 200 ms. The rise is the slope of the second half times its length.\n\n${table(heads, rows)}`;
}

function copyFormatPart({ rows, results }: CopyFormatFile): string {
  const lines = results.map((item) => [
    item.columns,
    item.format,
    whole(item.bytesPerRow),
    item.encodeMicroseconds.toFixed(2),
    spread(item.copySeconds),
    spread(item.totalSeconds),
    whole(rows / item.totalSeconds.median),
  ]);
  const heads = [
    'staging columns',
    'format',
    'bytes/row',
    'encode µs/row',
    'COPY of ready bytes, s',
    'encode and COPY, s',
    'rows/s',
  ];
  return `## COPY text or binary into unlogged staging\n\n${whole(rows)} rows of the record tables.\n\n${table(heads, lines)}`;
}

function responsivenessPart({ limits, result }: ResponsivenessFile): string {
  const { files, rows, seconds, host, longTasks } = result;
  const longest = longTasks[0] ?? 0;
  const lines = [
    ['host: event-loop delay, p50', `${host.p50.toFixed(1)} ms`, '', ''],
    [
      'host: event-loop delay, p99',
      `${host.p99.toFixed(1)} ms`,
      `${limits.hostP99} ms`,
      verdict(host.p99, limits.hostP99),
    ],
    ['host: event-loop delay, most', `${host.max.toFixed(1)} ms`, '', ''],
    ['page: tasks above 50 ms', `${longTasks.length}`, '', ''],
    [
      'page: longest task',
      longest === 0 ? 'below 50 ms' : `${longest.toFixed(0)} ms`,
      `${limits.longestTask} ms`,
      verdict(longest, limits.longestTask),
    ],
  ];
  const about = `${whole(files)} dossiers, ${whole(rows)} rows, loaded by the web host in ${seconds.toFixed(1)} s while Chromium on the same machine showed the job. The delay is the time between two ticks of a timer of ${host.resolution} ms (${whole(host.samples)} of them), so an idle loop shows ${host.resolution} ms.`;
  return `## Responsiveness\n\n${about}\n\n${table(['what', 'measured', 'limit', 'met'], lines)}`;
}

function verdict(measured: number, limit: number): string {
  return measured <= limit ? 'yes' : 'no';
}
