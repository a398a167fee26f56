import { UndecodableBytes } from '../../decode/byte-decoder.ts';
import { createDecoder } from '../../decode/create-decoder.ts';
import type { DetectedEncoding } from '../../decode/forced-encoding.ts';

/** What is looked at of a file. */
export const SAMPLE_BYTES = 256 * 1024;

/** The sample as UTF-8, as far as it can be decoded: that it cannot is told when the file is read. */
export function sampleText(sample: Buffer, { encoding, markLength }: DetectedEncoding): Buffer {
  try {
    return createDecoder(encoding)?.decode(sample.subarray(markLength)) ?? sample;
  } catch (error) {
    if (error instanceof UndecodableBytes) return error.before;
    throw error;
  }
}
