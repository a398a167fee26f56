import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { makeRecord, toCopyLine } from './data/record-set.ts';
import { RECORD_TABLES, type RecordTable } from './data/record-tables.ts';
import { type BinaryWrite, binaryWriteOf, COPY_HEADER, COPY_TRAILER, writeBinaryRow } from './harness/binary-copy.ts';
import type { CopyFormatResult } from './harness/copy-format-result.ts';
import { freshDatabase, withClient } from './harness/database.ts';
import { measure } from './harness/session.ts';
import { summarise } from './harness/statistics.ts';
import { BLANK } from './harness/templates.ts';

/** COPY text against COPY binary into unlogged staging: `node benchmarks/copy-format.ts [--quick] [--records N]`. */
type Rows = readonly (readonly (string | null)[])[];
type Columns = CopyFormatResult['columns'];
type Format = CopyFormatResult['format'];

interface Variant {
  readonly columns: Columns;
  readonly format: Format;
  readonly encodeSeconds: number[];
  readonly copySeconds: number[];
  bytes: number;
}

const DATABASE = 'bench_copy_format';
const CHUNK_BYTES = 256 * 1024;
/** No row of the record tables comes near it. */
const LONGEST_ROW_BYTES = 16 * 1024;

await measure('copy-format', async ({ cluster, options }) => {
  const rows = rowsByTable(options.records);
  const variants: readonly Variant[] = (['typed', 'text'] as const).flatMap((columns) =>
    (['text', 'binary'] as const).map((format) => ({ columns, format, encodeSeconds: [], copySeconds: [], bytes: 0 })),
  );
  await freshDatabase(cluster, DATABASE, BLANK);
  await withClient(cluster, DATABASE, async (client) => {
    for (let round = 0; round < options.rounds; round += 1) {
      for (const variant of variants) await copyOnce(client, rows, variant);
    }
  });
  return { rows: options.records, results: variants.map((variant) => judge(variant, options.records)) };
});

function rowsByTable(total: number): ReadonlyMap<RecordTable, Rows> {
  const rows = new Map<RecordTable, (readonly (string | null)[])[]>(RECORD_TABLES.map((table) => [table, []]));
  for (let index = 0; index < total; index += 1) {
    const { table, values } = makeRecord({ seed: 4, total }, index);
    rows.get(table)!.push(values);
  }
  return rows;
}

async function copyOnce(client: pg.Client, rows: ReadonlyMap<RecordTable, Rows>, variant: Variant): Promise<void> {
  const { columns, format } = variant;
  let [encodeSeconds, copySeconds, bytes] = [0, 0, 0];
  for (const [table, values] of rows) {
    await createStaging(client, table, columns);
    const [encoding, chunks] = await timed(async () => encode(table, values, columns, format));
    const [copying] = await timed(() => copy(client, table, format, chunks));
    await requireRows(client, table, values.length);
    encodeSeconds += encoding;
    copySeconds += copying;
    bytes += chunks.reduce((total, chunk) => total + chunk.length, 0);
  }
  variant.encodeSeconds.push(encodeSeconds);
  variant.copySeconds.push(copySeconds);
  variant.bytes = bytes;
}

async function createStaging(client: pg.Client, table: RecordTable, columns: Columns): Promise<void> {
  const types = table.columns.map(({ name, type }) => `${name} ${columns === 'text' ? 'text' : type}`);
  await client.query(`drop table if exists staged_${table.name}`);
  await client.query(`create unlogged table staged_${table.name} (${types.join(', ')})`);
}

function encode(table: RecordTable, rows: Rows, columns: Columns, format: Format): readonly Buffer[] {
  if (format === 'text') return encodeText(rows);
  return encodeBinary(
    rows,
    table.columns.map(({ type }) => binaryWriteOf(columns === 'text' ? 'text' : type)),
  );
}

function encodeBinary(rows: Rows, writes: readonly BinaryWrite[]): readonly Buffer[] {
  const chunks: Buffer[] = [COPY_HEADER];
  let buffer = Buffer.allocUnsafe(CHUNK_BYTES + LONGEST_ROW_BYTES);
  let used = 0;
  for (const row of rows) {
    used = writeBinaryRow(row, writes, buffer, used);
    if (used < CHUNK_BYTES) continue;
    chunks.push(buffer.subarray(0, used));
    buffer = Buffer.allocUnsafe(CHUNK_BYTES + LONGEST_ROW_BYTES);
    used = 0;
  }
  return [...chunks, buffer.subarray(0, used), COPY_TRAILER];
}

function encodeText(rows: Rows): readonly Buffer[] {
  const chunks: Buffer[] = [];
  let buffer = Buffer.allocUnsafe(CHUNK_BYTES + LONGEST_ROW_BYTES);
  let used = 0;
  for (const row of rows) {
    used += buffer.write(toCopyLine(row), used, 'utf8');
    if (used < CHUNK_BYTES) continue;
    chunks.push(buffer.subarray(0, used));
    buffer = Buffer.allocUnsafe(CHUNK_BYTES + LONGEST_ROW_BYTES);
    used = 0;
  }
  return [...chunks, buffer.subarray(0, used)];
}

async function copy(client: pg.Client, table: RecordTable, format: Format, chunks: readonly Buffer[]): Promise<void> {
  const stream = client.query(copyFrom(`copy staged_${table.name} from stdin (format ${format})`));
  for (const chunk of chunks) {
    if (!stream.write(chunk)) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
}

async function requireRows(client: pg.Client, table: RecordTable, expected: number): Promise<void> {
  const { rows } = await client.query<{ count: number }>(`select count(*)::int from staged_${table.name}`);
  if (rows[0]?.count !== expected)
    throw new Error(`staged_${table.name} holds ${rows[0]?.count} rows, not ${expected}.`);
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [seconds: number, result: T]> {
  const start = process.hrtime.bigint();
  const result = await work();
  return [Number(process.hrtime.bigint() - start) / 1e9, result];
}

function judge({ columns, format, encodeSeconds, copySeconds, bytes }: Variant, rows: number): CopyFormatResult {
  return {
    columns,
    format,
    bytesPerRow: bytes / rows,
    encodeMicroseconds: (summarise(encodeSeconds).median / rows) * 1e6,
    copySeconds: summarise(copySeconds),
    totalSeconds: summarise(copySeconds.map((seconds, at) => seconds + encodeSeconds[at]!)),
  };
}
