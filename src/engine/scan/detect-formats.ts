import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DetectedFormats } from '#contract/api/inference';
import { LoadstoneError } from '#contract/errors';
import { FILE_FORMATS, type FileFormat, FORMAT_ENDINGS } from '#contract/file-formats';
import { walkFolder } from './walk-folder.ts';

/** Enough to see how a document begins, behind a byte order mark and blanks. */
const HEAD_BYTES = 512;

/**
 * How many files of each format lie at the paths: by their endings, and files that are named themselves also by their
 * first bytes. A file that two of the paths bring counts once.
 * @throws LoadstoneError PATH_NOT_FOUND.
 */
export async function detectFormats(
  paths: readonly string[],
  { signal }: { readonly signal: AbortSignal },
): Promise<DetectedFormats> {
  const formats = new Map<string, FileFormat | null>();
  for (const path of paths.map((one) => resolve(one))) {
    if (!(await isFolder(path))) {
      formats.set(path, formatOfName(path) ?? (await formatOfContent(path)));
      continue;
    }
    for await (const entry of walkFolder(path, { signal })) {
      if (entry.kind !== 'file' || formats.has(entry.file.absolute)) continue;
      formats.set(entry.file.absolute, formatOfName(entry.file.relative));
    }
  }
  const counts = { xml: 0, csv: 0, json: 0, other: 0 };
  for (const format of formats.values()) counts[format ?? 'other'] += 1;
  return counts;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw new LoadstoneError({
      code: 'PATH_NOT_FOUND',
      message: `${path} cannot be read: ${(cause as Error).message}.`,
      remedy: 'Check the spelling and the permissions of the path.',
      cause,
    });
  }
}

function formatOfName(path: string): FileFormat | null {
  const ending = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return FILE_FORMATS.find((format) => FORMAT_ENDINGS[format].includes(ending)) ?? null;
}

async function formatOfContent(path: string): Promise<FileFormat | null> {
  try {
    await using file = await open(path);
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
