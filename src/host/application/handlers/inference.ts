import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { DetectedFormats, FileFormat, InferEvent, InferRequest } from '#contract/api/inference';
import { mappingSchema } from '#contract/mapping';
import type { StageProgress } from '#contract/worker-messages';
import { type Api, asFailed } from '../api.ts';
import type { Services } from '../services.ts';
import { Bell, stream } from '../stream.ts';
import { admitPaths } from './paths.ts';

const ENDINGS: Readonly<Record<FileFormat, readonly string[]>> = {
  xml: ['xml', 'gml', 'kml', 'gpx', 'rdf'],
  csv: ['csv', 'tsv', 'txt'],
  json: ['json', 'jsonl', 'ndjson', 'geojson'],
};
const FORMATS = ['xml', 'csv', 'json'] as const;

/** Enough to see how a document begins, behind a byte order mark and blanks. */
const HEAD_BYTES = 512;

export function inferenceHandlers({ sources: api }: Api, services: Services) {
  const { options, closing, inquiries } = services;
  return {
    detect: api.detect.handler(async ({ input: { paths }, signal }) => {
      await admitPaths(options.shell, paths);
      const found = await inquiries.ask<'source.scan'>({ kind: 'source.scan', paths, mapping: SORTING }, { signal });
      return countFormats(paths, found);
    }),
    infer: api.infer.handler(async ({ input, signal }) => {
      await admitPaths(options.shell, input.paths);
      return stream(
        [signal, closing],
        (left) => infer(services, input, left),
        (thrown) => asFailed(thrown, options.log, 'sources.infer'),
      );
    }),
  };
}

/** Progress as far as the client keeps up with it, then the mapping. The client's leaving cancels. */
async function* infer(
  { inquiries }: Services,
  request: InferRequest,
  signal: AbortSignal,
): AsyncGenerator<InferEvent, void> {
  const bell = new Bell();
  const progress = { files: { done: 0, total: 0 }, bytes: { done: 0, total: 0 } };
  const onProgress = ({ phase, files = 0, bytes = 0 }: StageProgress) => {
    const part = phase === 'scan' ? 'total' : 'done';
    progress.files[part] += files;
    progress.bytes[part] += bytes;
    bell.ring();
  };
  const state = { over: false };
  const inferred = inquiries
    .ask<'source.infer'>({ kind: 'source.infer', request }, { signal, onProgress })
    .finally(() => {
      state.over = true;
      bell.ring();
    });
  inferred.catch(() => {});
  while (await bell.wait(signal)) {
    if (state.over) break;
    yield { type: 'progress', files: { ...progress.files }, bytes: { ...progress.bytes } };
  }
  if (!signal.aborted) yield { type: 'inferred', ...(await inferred) };
}

/** Takes every file but those of a known ending, which a scan then counts by the pattern that left them out. */
const SORTING = mappingSchema.parse({
  version: 1,
  name: 'all',
  source: {
    format: 'xml',
    include: ['**'],
    exclude: FORMATS.flatMap((format) => ENDINGS[format].map((ending) => `**/*.${ending}`)),
  },
  tables: [{ name: 't', records: 'r', columns: [{ name: 'c', type: 'text', path: '.' }] }],
});

interface Found {
  readonly files: number;
  readonly skipped: { readonly reasons: readonly { readonly reason: string; readonly count: number }[] };
}

async function countFormats(paths: readonly string[], { files, skipped }: Found): Promise<DetectedFormats> {
  const counts = { xml: 0, csv: 0, json: 0, other: files };
  for (const { reason, count } of skipped.reasons) {
    const ending = /^matched by exclude: .*\.(\w+)$/.exec(reason)?.[1];
    const format = ending === undefined ? undefined : formatOf(ending);
    if (format !== undefined) counts[format] += count;
  }
  // A file that is named is taken whatever its ending.
  for (const format of await Promise.all(paths.map(formatOfNamed))) {
    if (format === null) continue;
    counts.other -= 1;
    counts[format] += 1;
  }
  return { ...counts, other: Math.max(0, counts.other) };
}

function formatOf(ending: string): FileFormat | undefined {
  return FORMATS.find((format) => ENDINGS[format].includes(ending.toLowerCase()));
}

/** null: a folder, or a file that is none of them. */
async function formatOfNamed(path: string): Promise<FileFormat | null> {
  try {
    await using file = await open(path);
    if (!(await file.stat()).isFile()) return null;
    const known = formatOf(extname(path).slice(1));
    if (known !== undefined) return known;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return formatOfHead(buffer.subarray(0, bytesRead));
  } catch {
    return null;
  }
}

function formatOfHead(head: Buffer): FileFormat | null {
  const isWide = head[0] === 0xff && head[1] === 0xfe;
  const text = head.toString(isWide ? 'utf16le' : 'utf8').replace(/^\uFEFF?\s*/, '');
  if (/^<[?!a-z_]/i.test(text)) return 'xml';
  if (/^(?:\{\s*["}]|\[\s*["[{\]\d-])/.test(text)) return 'json';
  const [line = ''] = text.split(/\r?\n/, 1);
  return /[,;\t|]/.test(line) && !text.includes('\0') ? 'csv' : null;
}
