import { resolve, sep } from 'node:path';
import type { SourceSummary } from '#contract/api/sources';
import type { Mapping } from '#contract/mapping';
import { FirstPaths } from './first-paths.ts';
import { type ScannedEntry, scanPaths } from './scan-paths.ts';

/** Files named in a summary, of those to load and of those left out. */
const SAMPLE = 1_000;

interface SampleFile {
  readonly path: string;
  readonly bytes: number;
}

type FileEntry = Extract<ScannedEntry, { kind: 'file' }>;

/**
 * What a load of these paths would take, found as the load finds it. Files and folders that cannot be read stand among
 * the skipped: a load reports them as failed.
 * @throws LoadstoneError PATH_NOT_FOUND.
 */
export async function summarisePaths(
  paths: readonly string[],
  mapping: Mapping,
  options: { readonly signal: AbortSignal },
): Promise<SourceSummary> {
  const sum = new Summary(paths.map((path) => resolve(path)));
  for await (const entry of scanPaths(paths, mapping, options)) sum.add(entry);
  return sum.end();
}

class Summary {
  readonly #chosen: readonly string[];
  readonly #sample = new FirstPaths<SampleFile>(SAMPLE);
  readonly #skipped = new FirstPaths<SourceSummary['skipped']['sample'][number]>(SAMPLE);
  readonly #reasons = new Map<string, number>();
  /** Files that several of the chosen paths may bring; a load takes each once. */
  readonly #shared = new Map<string, SampleFile>();
  #files = 0;
  #bytes = 0;
  #skippedCount = 0;

  constructor(chosen: readonly string[]) {
    this.#chosen = chosen;
  }

  add(entry: ScannedEntry): void {
    if (entry.kind === 'file') this.#addFile(entry);
    else this.#skip(entry.path, entry.kind === 'skipped' ? entry.reason : `cannot be read: ${entry.reason}`);
  }

  end(): SourceSummary {
    for (const file of this.#shared.values()) this.#count(file);
    const reasons = [...this.#reasons].map(([reason, count]) => ({ reason, count }));
    return {
      files: this.#files,
      bytes: this.#bytes,
      sample: this.#sample.list(),
      skipped: {
        count: this.#skippedCount,
        reasons: reasons.sort((a, b) => b.count - a.count),
        sample: this.#skipped.list(),
      },
    };
  }

  #addFile({ path, absolute, fingerprint }: FileEntry): void {
    const file = { path, bytes: Number(fingerprint.size) };
    const known = this.#shared.get(absolute);
    if (!this.#isShared(absolute)) this.#count(file);
    else if (known === undefined || path < known.path) this.#shared.set(absolute, file);
  }

  #isShared(absolute: string): boolean {
    let below = 0;
    for (const path of this.#chosen) {
      if (absolute === path || absolute.startsWith(path.endsWith(sep) ? path : path + sep)) below += 1;
    }
    return below > 1;
  }

  #count(file: SampleFile): void {
    this.#files += 1;
    this.#bytes += file.bytes;
    this.#sample.add(file);
  }

  #skip(path: string, reason: string): void {
    this.#skippedCount += 1;
    this.#skipped.add({ path, reason });
    const kind = kindOf(reason);
    this.#reasons.set(kind, (this.#reasons.get(kind) ?? 0) + 1);
  }
}

/** A reason without what differs from file to file, so that there are few. */
function kindOf(reason: string): string {
  return reason
    .replace(/^(cannot be read: [A-Z0-9_]+: [^,]*),.*$/s, '$1')
    .replace(/^(leads to a folder that is read already): .*$/s, '$1');
}
