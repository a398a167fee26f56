import { open } from 'node:fs/promises';
import type { MappingInput } from '#contract/mapping';
import { type CsvGuess, sniffCsv } from '#engine/parse/csv/sniff/sniff-csv';
import type { FoundFile } from './infer-files.ts';

type CsvSettings = NonNullable<MappingInput['source']['csv']>;

/** As much as the reader looks at to find out the same. */
const HEAD_BYTES = 256 * 1024;

/**
 * How the files are written. What they do not agree on is left to be guessed per file where the mapping can say so, and
 * else taken from the first.
 */
export async function sniffFiles(files: readonly FoundFile[]): Promise<CsvSettings> {
  const guesses: CsvGuess[] = [];
  for (const file of files) {
    const head = await headOf(file.absolute).catch(() => null);
    if (head !== null && head.length > 0) guesses.push(sniffCsv(head));
  }
  const [first] = guesses;
  if (first === undefined) return {};
  const isSame = guesses.every(({ delimiter }) => delimiter.value === first.delimiter.value);
  return {
    delimiter: isSame ? first.delimiter.value : 'auto',
    quote: first.quote.value,
    escape: first.escape.value,
    comment: first.comment.value,
    skipLines: first.skipLines.value,
    header: first.header.value,
    nullValues: [...new Set(guesses.flatMap(({ nullValues }) => nullValues.value))],
  };
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
