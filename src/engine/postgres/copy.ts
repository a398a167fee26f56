import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from } from 'pg-copy-streams';
import type { PgClient } from './client.ts';

/** Large messages cost one pass through the socket; larger ones only memory. */
const PIECE_BYTES = 256 * 1024;

/**
 * Sends rows in COPY text format. Resolves when the server has taken all of them.
 * @param data whole lines, as {@link CopyText} makes them.
 */
export async function copyRows(
  client: PgClient,
  table: string,
  columns: readonly string[],
  data: Buffer | AsyncIterable<Buffer>,
): Promise<void> {
  const stream = client.query(from(`copy ${table} (${columns.join(', ')}) from stdin`));
  await pipeline(Readable.from(Buffer.isBuffer(data) ? pieces(data) : data), stream);
}

function* pieces(data: Buffer): Generator<Buffer> {
  for (let start = 0; start < data.length; start += PIECE_BYTES) yield data.subarray(start, start + PIECE_BYTES);
}
