import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureMade, openSink } from './files.ts';
import { createRandom, type Random } from './random.ts';
import { address, commune, decimal, isoDate, isoTimestamp, note, personName } from './vietnamese.ts';

/** Receipts of a commune: one CSV file of mixed types as people keep them, about 190 bytes a row. */
interface ReceiptColumn {
  readonly name: string;
  readonly type: string;
  /** '' is an absent value: every contender is told to read it as NULL. */
  readonly value: (random: Random, row: number) => string;
}

const NEVER_EMPTY = 1;
const COMMUNE_CODES = 40;

const column = (
  name: string,
  type: string,
  value: ReceiptColumn['value'],
  share: number = NEVER_EMPTY,
): ReceiptColumn => ({
  name,
  type,
  value: share === NEVER_EMPTY ? value : (random, row) => (random.chance(share) ? value(random, row) : ''),
});

export const RECEIPT_TABLE = 'bien_lai';

export const RECEIPT_COLUMNS: readonly ReceiptColumn[] = [
  column('id', 'bigint', (_, row) => String(row + 1)),
  column('so_phieu', 'varchar(12)', (random) => `0${random.between(1_000_000, 9_999_999)}`),
  column('nguoi_nop', 'text', personName),
  column('ngay_sinh', 'date', (random) => isoDate(random, 1940, 2005), 0.85),
  column('ma_xa', 'varchar(5)', (random) => `080${70 + random.between(0, COMMUNE_CODES) / 2}`.slice(0, 5)),
  column('dia_chi', 'text', (random) => `thôn ${random.between(1, 12)}, ${commune(random)}`),
  column('dien_tich', 'numeric(10,2)', (random) => decimal(random, 5000)),
  column('don_gia', 'numeric(14,2)', (random) => decimal(random, 20_000_000), 0.9),
  column('kinh_do', 'double precision', (random) => `10${random.between(5, 9)}.${random.between(1, 99_999)}7`),
  column('da_nop', 'boolean', (random) => (random.chance(0.7) ? 'true' : 'false'), 0.8),
  column('lap_luc', 'timestamp', (random) => isoTimestamp(random, 2015, 2025)),
  column('ngay_nop', 'date', (random) => isoDate(random, 2015, 2025), 0.4),
  column('so_ky', 'integer', (random) => String(random.between(1, 48))),
  column('ghi_chu', 'text', remark, 0.25),
];

/** Every fourth has line breaks or quotation marks, which a CSV field must escape. */
function remark(random: Random): string {
  if (random.chance(0.15)) return `Chuyển đến:\n${address(random)}`;
  if (random.chance(0.1)) return `Ông nói "${note(random, 1, 1)}"\r\nĐã ghi lại.`;
  return note(random, 1, 1);
}

/** Rises whenever the same wishes would give other bytes, so that old data is not used again. */
const DATA_VERSION = 1;
const SEED = 7;
const NEEDS_QUOTES = /[",\r\n]/;

export interface ReceiptFile {
  readonly file: string;
  readonly mapping: string;
  readonly rows: number;
  readonly bytes: number;
}

export function ensureReceipts(root: string, rows: number): Promise<ReceiptFile> {
  return ensureFile(root, `receipts-${rows}`, { rows }, (made) => made === rows);
}

/** At least so many bytes. */
export function ensureReceiptBytes(root: string, bytes: number): Promise<ReceiptFile> {
  return ensureFile(root, `receipts-${bytes}-bytes`, { bytes }, (_, written) => written >= bytes);
}

async function ensureFile(
  root: string,
  name: string,
  wish: object,
  isEnough: (rows: number, bytes: number) => boolean,
): Promise<ReceiptFile> {
  const folder = join(root, name);
  const mapping = join(root, 'receipts.mapping.json');
  mkdirSync(root, { recursive: true });
  writeFileSync(mapping, `${JSON.stringify(receiptMapping(), null, 2)}\n`);
  const facts = await ensureMade(folder, { version: DATA_VERSION, ...wish }, (into) =>
    writeReceipts(join(into, `${RECEIPT_TABLE}.csv`), isEnough),
  );
  return { file: join(folder, `${RECEIPT_TABLE}.csv`), mapping, ...facts };
}

async function writeReceipts(
  path: string,
  isEnough: (rows: number, bytes: number) => boolean,
): Promise<{ rows: number; bytes: number }> {
  const sink = openSink(path);
  const random = createRandom(SEED);
  const header = `${RECEIPT_COLUMNS.map(({ name }) => name).join(',')}\n`;
  await sink.write(header);
  let rows = 0;
  for (let bytes = header.length; !isEnough(rows, bytes); rows += 1) {
    const line = `${RECEIPT_COLUMNS.map(({ value }) => escapeCsv(value(random, rows))).join(',')}\n`;
    bytes += Buffer.byteLength(line);
    await sink.write(line);
  }
  return { rows, bytes: await sink.close() };
}

function escapeCsv(value: string): string {
  return NEEDS_QUOTES.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

export function receiptTableSql(): string {
  const columns = RECEIPT_COLUMNS.map(({ name, type }, at) => `${name} ${type}${at === 0 ? ' primary key' : ''}`);
  return `create table ${RECEIPT_TABLE} (${columns.join(', ')})`;
}

/** As `loadstone infer` writes it, with the types of {@link receiptTableSql}. */
function receiptMapping(): object {
  const key = RECEIPT_COLUMNS[0]!.name;
  return {
    version: 1,
    name: 'benchmark-receipts',
    source: { format: 'csv', include: ['**/*.csv'], encoding: 'utf-8', csv: { delimiter: ',' } },
    tables: [
      {
        name: RECEIPT_TABLE,
        columns: RECEIPT_COLUMNS.map(({ name, type }) => ({
          name,
          path: name,
          type,
          ...(name === key && { nullable: false }),
        })),
        key: [key],
      },
    ],
  };
}
