import type { InferenceResult } from './inference-result.ts';
import type { Machine } from './machine.ts';
import { spread, table, whole } from './markdown.ts';
import type { ParseCsvResult } from './parse-csv-result.ts';
import type { RaceResult, Result } from './rounds.ts';

export interface LoadCsvFile {
  readonly machine: Machine;
  readonly missing: Readonly<Record<string, string | null>>;
  readonly bytes: number;
  readonly columns: number;
  readonly peers: readonly string[];
  readonly race: RaceResult;
}

export interface ParseCsvFile {
  readonly machine: Machine;
  readonly rounds: number;
  readonly megabytes: number;
  readonly probes: number;
  readonly results: readonly ParseCsvResult[];
}

export interface InferenceFile {
  readonly machine: Machine;
  readonly limitMegabytes: number;
  readonly tests: readonly InferenceResult[];
}

const MEGABYTE = 1_000_000;

export function loadCsvPart({ machine, missing, bytes, columns, peers, race }: LoadCsvFile): string {
  const { rows, rounds, results } = race;
  const limit = results.find(({ contender }) => contender.startsWith('psql'));
  const line = ({ contender, seconds, cpu, reported, rowsPerSecond }: Result): readonly string[] => [
    contender,
    spread(seconds),
    reported === undefined ? '' : spread(reported),
    (bytes / MEGABYTE / seconds.median).toFixed(1),
    whole(rowsPerSecond),
    limit === undefined ? '' : (limit.seconds.median / seconds.median).toFixed(2),
    spread(cpu),
    limit === undefined ? '' : (limit.cpu.median / cpu.median).toFixed(2),
  ];
  const heads = [
    '',
    'seconds, whole run',
    'own seconds',
    'MB/s',
    'rows/s',
    'speed, \\copy = 1',
    'CPU seconds, with the server',
    '\\copy = 1',
  ];
  const absent = Object.entries(missing).flatMap(([who, why]) =>
    why === null ? [] : [`\n\nNot taking part: ${who}: ${why.split('\n')[0]}`],
  );
  const about = [
    `${(bytes / MEGABYTE).toFixed(0)} MB, ${whole(rows)} rows of ${columns} columns with a primary key, one file, ${rounds} rounds in turn; after every run the number of rows and the contents were found equal.`,
    `Beside Loadstone: ${peers.join(' · ')}.`,
    'CPU seconds are those of the program and the server together, which other work on the machine distorts least.',
    loadAtTheStart(machine),
  ];
  return `## One CSV file\n\n${about.join(' ')}${absent.join('')}\n\n${table(heads, results.map(line))}`;
}

export function parseCsvPart({ machine, rounds, megabytes, probes, results }: ParseCsvFile): string {
  const raced = results.flatMap(({ reader, megabytesPerSecond, timesCsvParse, isRight }) =>
    megabytesPerSecond === null || timesCsvParse === null
      ? []
      : [[reader, spread(megabytesPerSecond), timesCsvParse.toFixed(1), isRight ? 'yes' : 'NO']],
  );
  const heads = ['reader', 'MB/s', '× csv-parse, median of the rounds', 'all records and characters'];
  const probed = results.flatMap(({ reader, wrong }) =>
    wrong === null ? [] : [[reader, listed(wrong.whole), listed(wrong.inChunks)]],
  );
  const about = `One core, ${megabytes} MB in memory, ${rounds} rounds in turn. ${loadAtTheStart(machine)}`;
  const below = `Of ${probes} small files (\`data/csv-probes.ts\`), these were read wrongly, or what is wrong in them was not told:`;
  return `## Reading CSV\n\n${about}\n\n${table(heads, raced)}\n\n${below}\n\n${table(['reader', 'whole', 'in chunks of 7 bytes'], probed)}`;
}

export function inferencePart({ machine, limitMegabytes, tests }: InferenceFile): string {
  const rows = tests.map((test) => [
    test.name,
    whole(test.bytesRead / MEGABYTE),
    test.seconds.toFixed(1),
    (test.bytesRead / MEGABYTE / test.seconds).toFixed(1),
    ...test.alongTheWay.map(whole),
    whole(test.maxMegabytes),
    courseOf(test, limitMegabytes),
  ]);
  const heads = [
    '`loadstone infer`',
    'MB read',
    'seconds',
    'MB/s',
    'MB at 10 %',
    'at 50 %',
    'at the end',
    'most',
    `limit ${limitMegabytes} MB`,
  ];
  const about = `Resident memory of all processes together, read every 200 ms; without \`--sample\` everything is read. What grows at first are the hashes of distinct values, which have a limit (a million per column, eight million together). ${loadAtTheStart(machine)}`;
  return `## Memory and speed of inference\n\n${about}\n\n${table(heads, rows)}`;
}

/** Whether memory is flat can be said only of a whole file: a sample ends before the hashes reach their limit. */
function courseOf({ bytes, bytesRead, maxMegabytes, processes }: InferenceResult, limit: number): string {
  const within = `${maxMegabytes <= limit ? 'within' : 'OVER'} the limit`;
  if (bytesRead < bytes) return within;
  return `${within}, ${processes.every(({ flat }) => flat) ? 'flat' : 'RISING'}`;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

/** Each program runs at another time of a machine that others may use too. */
export function loadAtTheStart(machine: Machine): string {
  const load = machine['load average at the start'] ?? 'unknown';
  const isBusy = Number.parseFloat(load) > Number.parseFloat(machine.cores ?? '');
  const warning = ' **Others used the machine meanwhile: seconds and MB/s are worse than alone, and spread widely.**';
  return `Load average at the start: ${load}.${isBusy ? warning : ''}`;
}
