import { isDeepStrictEqual } from 'node:util';
import { CSV_PROBES, type CsvProbe, probeFile } from './data/csv-probes.ts';
import { CSV_PARSE, type CsvReader, hearWithLoadstone, LOADSTONE, papaParse, udsv } from './harness/csv-readers.ts';
import type { ParseCsvResult } from './harness/parse-csv-result.ts';
import { measure } from './harness/session.ts';
import { summarise } from './harness/statistics.ts';

/**
 * MB/s of CSV readers on one file of Vietnamese rows of twelve columns (about 230 bytes, a third of the fields quoted),
 * one core, and whether they read small nasty files rightly: `node benchmarks/parse-csv.ts [--quick] [--help]`.
 */
const MEGABYTE = 1_000_000;
const CHUNK = 256 * 1024;
const PROBE_CHUNK = 7;

const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Võ', 'Đặng'];
const GIVEN = ['Văn Ánh', 'Thị Hồng Nhung', 'Đức Thịnh', 'Ngọc Bảo Trâm', 'Quốc Khánh', 'Thúy Kiều'];
const HEADER = 'id,code,name,born,gender,address,area,price,date,paid,email,note\n';

interface Taken {
  readonly records: number;
  readonly characters: number;
}

interface MadeFile extends Taken {
  readonly content: Buffer;
}

interface Runner {
  readonly name: string;
  /** null: it leaves fields out, so what it takes proves nothing. */
  readonly isWhole: boolean;
  run(file: Buffer): Promise<Taken>;
}

await measure('parse-csv', async ({ options }) => {
  const file = makeFile(options.parseMegabytes * MEGABYTE);
  const { peers } = options.tools;
  const others = [CSV_PARSE, papaParse(peers), udsv(peers)].filter((reader) => reader !== null);
  const runners: readonly Runner[] = [
    loadstone('Loadstone, every field', () => true, ','),
    loadstone('Loadstone, dialect sniffed', () => true, 'auto'),
    loadstone('Loadstone, every third field', (name) => name % 3 === 0, ','),
    ...others.map(runnerOf),
  ];
  const rounds = await race(runners, file, options.rounds);
  const readers = [LOADSTONE, ...others];
  const results = runners.map((runner) => judge(runner.name, rounds));
  const probes: ParseCsvResult[] = [];
  for (const reader of readers) {
    const wrong = {
      whole: await wrongOf(reader, Number.POSITIVE_INFINITY),
      inChunks: await wrongOf(reader, PROBE_CHUNK),
    };
    const known = results.find((result) => result.reader === reader.name);
    if (known === undefined)
      probes.push({ reader: reader.name, megabytesPerSecond: null, timesCsvParse: null, isRight: null, wrong });
    else results[results.indexOf(known)] = { ...known, wrong };
  }
  const { probes: count, megabytes } = { probes: CSV_PROBES.length, megabytes: options.parseMegabytes };
  return { rounds: options.rounds, megabytes, probes: count, results: [...probes, ...results] };
});

type Rounds = ReadonlyMap<string, { readonly speeds: number[]; isRight: boolean }>;

async function race(runners: readonly Runner[], file: MadeFile, rounds: number): Promise<Rounds> {
  const found = new Map(runners.map(({ name }) => [name, { speeds: [] as number[], isRight: true }]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, isWhole, run } of runners) {
      const start = process.hrtime.bigint();
      const taken = await run(file.content);
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      const known = found.get(name)!;
      known.speeds.push(file.content.length / MEGABYTE / seconds);
      const isRight = taken.records === file.records && (!isWhole || taken.characters === file.characters);
      known.isRight &&= isRight;
    }
  }
  return found;
}

function judge(reader: string, rounds: Rounds): ParseCsvResult {
  const { speeds, isRight } = rounds.get(reader)!;
  const peers = rounds.get(CSV_PARSE.name)!.speeds;
  const timesCsvParse = summarise(speeds.map((speed, round) => speed / peers[round]!)).median;
  return { reader, megabytesPerSecond: summarise(speeds), timesCsvParse, isRight, wrong: null };
}

function loadstone(name: string, wanted: (name: number) => boolean, delimiter: string): Runner {
  const isWhole = wanted(0) && wanted(1);
  return { name, isWhole, run: (file) => hearWithLoadstone(chunksOf(file, CHUNK), wanted, delimiter) };
}

function runnerOf(reader: CsvReader): Runner {
  return {
    name: reader.name,
    isWhole: true,
    async run(file) {
      const taken = { records: 0, characters: 0 };
      await reader.read(chunksOf(file, CHUNK), (fields) => {
        taken.records += 1;
        for (const field of fields) taken.characters += field.length;
      });
      return taken;
    },
  };
}

async function wrongOf(reader: CsvReader, chunk: number): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const probe of CSV_PROBES) if (!(await isRight(reader, probe, chunk))) wrong.push(probe.name);
  return wrong;
}

async function isRight(reader: CsvReader, probe: CsvProbe, chunk: number): Promise<boolean> {
  const rows: string[][] = [];
  const reported = await reader
    .read(chunksOf(probeFile(probe), chunk), (fields) => rows.push([...fields]))
    .catch(() => true);
  return probe.rows === null ? reported : !reported && isDeepStrictEqual(rows, probe.rows);
}

async function* chunksOf(file: Buffer, size: number): AsyncGenerator<Buffer> {
  const step = Math.min(size, file.length);
  for (let at = 0; at < file.length; at += step) yield file.subarray(at, at + step);
}

function makeFile(bytes: number): MadeFile {
  const parts = [HEADER];
  let [records, characters] = [0, 0];
  for (let length = 0; length < bytes; records += 1) {
    const fields = valuesOf(records);
    characters += fields.reduce((sum, field) => sum + field.length, 0);
    const text = `${fields.map((field, at) => (isQuoted(at) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')}\n`;
    length += Buffer.byteLength(text);
    parts.push(text);
  }
  return { content: Buffer.from(parts.join('')), records, characters };
}

/** Name, address and note. */
function isQuoted(column: number): boolean {
  return column === 2 || column === 5 || column === 11;
}

function valuesOf(number: number): readonly string[] {
  return [
    `${number}`,
    `0${8000 + (number % 999)}`,
    `${FAMILY[number % 8]} ${GIVEN[number % 6]}`,
    `${1940 + (number % 60)}`,
    `${number % 2}`,
    `thôn ${number % 30}, xã Vĩnh Thành, huyện Vĩnh Linh, tỉnh Quảng Trị`,
    `${(number % 9999) / 10}`,
    `${(number * 137) % 1_000_000}`,
    `2021-04-${10 + (number % 18)}`,
    number % 3 === 0 ? '' : 'true',
    `user${number}@example.com`,
    number % 50 === 0 ? 'nói "được"\nrồi' : 'hồ sơ gốc, đã đối chiếu',
  ];
}
