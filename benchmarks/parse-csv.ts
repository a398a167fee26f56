/**
 * MB/s of CSV parsers on one file of Vietnamese rows of twelve columns (about 230 bytes, a third of the fields quoted),
 * one core: Loadstone's scanner as the loader uses it, and csv-parse.
 *
 *     node benchmarks/parse-csv.ts [megabytes] [rounds]
 */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { mappingSchema } from '#contract/mapping';
import { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { parseFile } from '#engine/parse/parse-file';

const MEGABYTE = 1_000_000;
const CHUNK = 256 * 1024;

const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Võ', 'Đặng'];
const GIVEN = ['Văn Ánh', 'Thị Hồng Nhung', 'Đức Thịnh', 'Ngọc Bảo Trâm', 'Quốc Khánh', 'Thúy Kiều'];
const HEADER = 'id,code,name,born,gender,address,area,price,date,paid,email,note\n';

function row(number: number): string {
  const name = `${FAMILY[number % 8]} ${GIVEN[number % 6]}`;
  const fields = [
    number,
    `0${8000 + (number % 999)}`,
    `"${name}"`,
    1940 + (number % 60),
    number % 2,
    `"thôn ${number % 30}, xã Vĩnh Thành, huyện Vĩnh Linh, tỉnh Quảng Trị"`,
    (number % 9999) / 10,
    (number * 137) % 1_000_000,
    `2021-04-${10 + (number % 18)}`,
    number % 3 === 0 ? '' : 'true',
    `user${number}@example.com`,
    number % 50 === 0 ? '"nói ""được""\nrồi"' : '"hồ sơ gốc, đã đối chiếu"',
  ];
  return `${fields.join(',')}\n`;
}

function makeFile(bytes: number): Buffer {
  const parts = [HEADER];
  for (let number = 0, length = 0; length < bytes; number++) {
    const text = row(number);
    length += Buffer.byteLength(text);
    parts.push(text);
  }
  return Buffer.from(parts.join(''));
}

/** Takes the text of the wanted columns, as a mapping does. */
class Fields implements TreeHandler {
  wantsText = false;
  readonly wantsAttributes = false;
  taken = 0;
  readonly #wanted: (name: number) => boolean;
  constructor(wanted: (name: number) => boolean) {
    this.#wanted = wanted;
  }
  open(name: number): void {
    this.wantsText = this.#wanted(name);
  }
  attribute(): void {}
  text(piece: string): void {
    this.taken += piece.length;
  }
  unresolvedEntity(): void {}
  unresolvedAttributeEntity(): void {}
  close(): void {}
}

async function* chunksOf(file: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < file.length; at += CHUNK) yield file.subarray(at, at + CHUNK);
}

function loadstone(wanted: (name: number) => boolean, delimiter: string) {
  const columns = [{ name: 'id', type: 'text', path: 'id' }];
  const source = { format: 'csv', csv: { delimiter } };
  const mapping = mappingSchema.parse({ version: 1, name: 'benchmark', source, tables: [{ name: 't', columns }] });
  return async (file: Buffer) => {
    const names = new NameTable({ prefixes: false });
    const handler = new Fields(wanted);
    await parseFile(chunksOf(file), { path: 'benchmark.csv', source: mapping.source, names, handler });
    return handler.taken;
  };
}

async function csvParse(file: Buffer): Promise<number> {
  let taken = 0;
  await pipeline(Readable.from(chunksOf(file)), parse(), async (records: AsyncIterable<string[]>) => {
    for await (const record of records) for (const field of record) taken += field.length;
  });
  return taken;
}

async function megabytesPerSecond(file: Buffer, read: (file: Buffer) => Promise<number>): Promise<number> {
  const start = process.hrtime.bigint();
  await read(file);
  return file.length / MEGABYTE / (Number(process.hrtime.bigint() - start) / 1e9);
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

const megabytes = Number(process.argv[2] ?? 50);
const rounds = Number(process.argv[3] ?? 5);
const file = makeFile(megabytes * MEGABYTE);
const contenders: readonly (readonly [string, (file: Buffer) => Promise<number>])[] = [
  ['Loadstone, every field', loadstone(() => true, ',')],
  ['Loadstone, dialect sniffed', loadstone(() => true, 'auto')],
  ['Loadstone, every third field', loadstone((name) => name % 3 === 0, ',')],
  ['csv-parse', csvParse],
];
const results = new Map<string, number[]>(contenders.map(([name]) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const [name, read] of contenders) results.get(name)?.push(await megabytesPerSecond(file, read));
}
const peers = results.get('csv-parse') ?? [];
console.log(`${megabytes} MB, ${rounds} rounds in turn: median, best, and the median of the ratios to csv-parse`);
for (const [name, speeds] of results) {
  const ratio = median(speeds.map((speed, round) => speed / (peers[round] ?? 1)));
  const figures = [median(speeds), Math.max(...speeds)].map((speed) => speed.toFixed(0).padStart(5)).join(' ');
  console.log(`${name.padEnd(30)} ${figures} MB/s  ${ratio.toFixed(1)} × csv-parse`);
}
