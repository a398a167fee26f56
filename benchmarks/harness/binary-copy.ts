/** Writes a value at a place of the buffer and says how many bytes it took. */
export type BinaryWrite = (value: string, buffer: Buffer, at: number) => number;

/** COPY's binary format: the file's head and end. */
export const COPY_HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
export const COPY_TRAILER = Buffer.from([0xff, 0xff]);

const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;
const NULL_LENGTH = -1;
const DECIMAL_GROUP = 4;

/** Encodes the types that the record tables use. */
export function binaryWriteOf(type: string): BinaryWrite {
  const write = WRITES[type.replace(/\(.*$/, '')];
  if (write === undefined) throw new Error(`No binary encoder for ${type}.`);
  return write;
}

/** One row, which must fit: the number of fields, then each field behind its length. */
export function writeBinaryRow(
  values: readonly (string | null)[],
  writes: readonly BinaryWrite[],
  buffer: Buffer,
  start: number,
): number {
  let at = buffer.writeInt16BE(values.length, start);
  for (let field = 0; field < values.length; field += 1) {
    const value = values[field]!;
    if (value === null) {
      at = buffer.writeInt32BE(NULL_LENGTH, at);
      continue;
    }
    const length = writes[field]!(value, buffer, at + 4);
    at = buffer.writeInt32BE(length, at) + length;
  }
  return at;
}

const text: BinaryWrite = (value, buffer, at) => buffer.write(value, at, 'utf8');

const WRITES: Readonly<Record<string, BinaryWrite>> = {
  text,
  varchar: text,
  integer: (value, buffer, at) => buffer.writeInt32BE(Number(value), at) - at,
  bigint: (value, buffer, at) => buffer.writeBigInt64BE(BigInt(value), at) - at,
  'double precision': (value, buffer, at) => buffer.writeDoubleBE(Number(value), at) - at,
  boolean: (value, buffer, at) => buffer.writeUInt8(value === 'true' ? 1 : 0, at) - at,
  date: (value, buffer, at) =>
    buffer.writeInt32BE((Date.parse(`${value}T00:00:00Z`) - POSTGRES_EPOCH_MS) / DAY_MS, at) - at,
  timestamp: (value, buffer, at) => {
    const milliseconds = Date.parse(`${value.replace(' ', 'T')}Z`) - POSTGRES_EPOCH_MS;
    return buffer.writeBigInt64BE(BigInt(milliseconds) * 1000n, at) - at;
  },
  numeric,
};

/** Digits in groups of four around the decimal sign: how many groups, weight of the first, sign, scale, groups. */
function numeric(value: string, buffer: Buffer, start: number): number {
  const negative = value.startsWith('-');
  const [whole = '', fraction = ''] = (negative ? value.slice(1) : value).split('.');
  const before = Math.ceil(whole.length / DECIMAL_GROUP);
  const after = Math.ceil(fraction.length / DECIMAL_GROUP);
  const digits = whole.padStart(before * DECIMAL_GROUP, '0') + fraction.padEnd(after * DECIMAL_GROUP, '0');
  let at = buffer.writeInt16BE(before + after, start);
  at = buffer.writeInt16BE(before - 1, at);
  at = buffer.writeUInt16BE(negative ? 0x4000 : 0, at);
  at = buffer.writeInt16BE(fraction.length, at);
  for (let group = 0; group < before + after; group += 1) {
    at = buffer.writeInt16BE(Number(digits.slice(group * DECIMAL_GROUP, (group + 1) * DECIMAL_GROUP)), at);
  }
  return at - start;
}
