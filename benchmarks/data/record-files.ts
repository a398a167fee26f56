import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureMade, openSink } from './files.ts';
import { expectedRows, makeRecord, type RecordSet, recordMapping, toCopyLine, toXml } from './record-set.ts';
import { RECORD_TABLES } from './record-tables.ts';

/** Rises whenever the same wishes would give other bytes, so that old data is not used again. */
const DATA_VERSION = 3;

const FILES_PER_FOLDER = 500;

export interface RecordFiles {
  readonly folder: string;
  readonly mapping: string;
  readonly files: number;
  readonly bytes: number;
  readonly rows: Readonly<Record<string, number>>;
}

/** `files` XML files of equally many records each. */
export async function ensureRecordFiles(
  root: string,
  name: string,
  set: RecordSet,
  files: number,
): Promise<RecordFiles> {
  const folder = join(root, name);
  const mapping = join(root, 'records.mapping.json');
  mkdirSync(root, { recursive: true });
  writeFileSync(mapping, `${JSON.stringify(recordMapping(), null, 2)}\n`);
  const wanted = { version: DATA_VERSION, ...set, files };
  const facts = await ensureMade(folder, wanted, async (into) => ({ bytes: await writeRecordFiles(into, set, files) }));
  return { folder, mapping, files, bytes: facts.bytes, rows: expectedRows(set.total) };
}

/** Makes a set of records of about `bytes` bytes in one file. */
export function recordsForBytes(bytes: number): number {
  const sample = 1000;
  let sampled = 0;
  for (let index = 0; index < sample; index += 1) {
    sampled += Buffer.byteLength(toXml(makeRecord({ seed: 1, total: sample }, index)));
  }
  return Math.ceil(bytes / (sampled / sample) / 10) * 10;
}

async function writeRecordFiles(into: string, set: RecordSet, files: number): Promise<number> {
  let bytes = 0;
  for (let file = 0; file < files; file += 1) {
    const folder = join(into, `dot-${String(Math.floor(file / FILES_PER_FOLDER) + 1).padStart(3, '0')}`);
    mkdirSync(folder, { recursive: true });
    const sink = openSink(join(folder, `ho-so-${String(file + 1).padStart(5, '0')}.xml`));
    await sink.write('<?xml version="1.0" encoding="UTF-8"?>\n<DuLieuDatDai>\n');
    const last = Math.floor((set.total * (file + 1)) / files);
    for (let index = Math.floor((set.total * file) / files); index < last; index += 1) {
      await sink.write(toXml(makeRecord(set, index)));
    }
    await sink.write('</DuLieuDatDai>\n');
    bytes += await sink.close();
  }
  return bytes;
}

export interface CopyFiles {
  readonly folder: string;
  readonly rows: Readonly<Record<string, number>>;
}

/** The same rows ready for \copy: <table>.copy, and its two halves for two connections. */
export async function ensureCopyFiles(root: string, name: string, set: RecordSet): Promise<CopyFiles> {
  const folder = join(root, name);
  mkdirSync(root, { recursive: true });
  await ensureMade(folder, { version: DATA_VERSION, ...set }, (into) => writeCopyFiles(into, set));
  return { folder, rows: expectedRows(set.total) };
}

async function writeCopyFiles(into: string, set: RecordSet): Promise<object> {
  const sinks = new Map(
    RECORD_TABLES.map(({ name }) => [
      name,
      {
        whole: openSink(join(into, `${name}.copy`)),
        halves: [openSink(join(into, `${name}.1.copy`)), openSink(join(into, `${name}.2.copy`))],
      },
    ]),
  );
  for (let index = 0; index < set.total; index += 1) {
    const { table, values } = makeRecord(set, index);
    const line = toCopyLine(values);
    const { whole, halves } = sinks.get(table.name)!;
    await whole.write(line);
    await halves[index < set.total / 2 ? 0 : 1]!.write(line);
  }
  for (const { whole, halves } of sinks.values()) {
    await Promise.all([whole.close(), ...halves.map((half) => half.close())]);
  }
  return {};
}
