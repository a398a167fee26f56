import { createHash } from 'node:crypto';
import { type BigIntStats, createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/**
 * What tells without reading that a file is the one we know: size and times. The change time is there because a copy
 * that keeps its modification time (cp -p, unzip) still gets a new one.
 */
export interface FileFingerprint {
  readonly size: bigint;
  readonly modifiedNs: bigint;
  readonly changedNs: bigint;
}

export function fingerprintOf(status: BigIntStats): FileFingerprint {
  return { size: status.size, modifiedNs: status.mtimeNs, changedNs: status.ctimeNs };
}

export function sameFingerprint(a: FileFingerprint, b: FileFingerprint): boolean {
  return a.size === b.size && a.modifiedNs === b.modifiedNs && a.changedNs === b.changedNs;
}

/** @returns the SHA-256 of the file's bytes, in hex. */
export async function hashFile(path: string, { signal }: { signal: AbortSignal }): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { signal });
  return hash.digest('hex');
}
