import { open } from 'node:fs/promises';
import type { CsvDialectFacts, CsvFileGroup, DialectProperty } from '#contract/inference';
import type { CsvKnown, MappingInput } from '#contract/mapping';
import type { KnownCsv } from '#engine/parse/csv/sniff/sniff-csv';
import { sniffCsv } from '#engine/parse/csv/sniff/sniff-csv';
import type { FoundFile } from './infer-files.ts';

type CsvSettings = NonNullable<MappingInput['source']['csv']>;

/** What somebody said of the files. */
export interface SaidOfCsv {
  readonly encoding?: string;
  readonly csv?: CsvKnown;
  readonly decimal?: '.' | ',';
}

/** As much as the reader looks at to find out the same. */
const HEAD_BYTES = 256 * 1024;

interface SniffedFiles {
  readonly settings: CsvSettings;
  readonly groups: readonly CsvFileGroup[];
}

/**
 * How the files are written. What they do not agree on is left to be guessed per file where the mapping can say so, and
 * else taken from the first.
 */
export async function sniffFiles(files: readonly FoundFile[], said: SaidOfCsv): Promise<SniffedFiles> {
  const known = knownOf(said);
  const groups = new Map<string, CsvFileGroup>();
  for (const file of files) {
    const head = await headOf(file.absolute).catch(() => null);
    if (head === null || head.length === 0) continue;
    const { columns: _, ...dialect } = sniffCsv(head, known);
    const key = keyOf(dialect);
    const group = groups.get(key);
    const { path } = file;
    groups.set(key, group === undefined ? { files: 1, path, dialect } : joined(group, dialect));
  }
  return { settings: settingsOf([...groups.values()], said.csv), groups: [...groups.values()] };
}

/** What is said, as the sniffer takes it. */
export function knownOf({ encoding, csv = {}, decimal }: SaidOfCsv): KnownCsv {
  const { delimiter, quote, escape: sign, ...rest } = csv;
  return {
    ...rest,
    ...(delimiter !== undefined && delimiter !== 'auto' && { delimiter }),
    ...(quote !== undefined && { quote: quote || null }),
    ...(sign !== undefined && { escape: sign || null }),
    ...(encoding !== undefined && encoding !== 'auto' && { encoding }),
    ...(decimal !== undefined && { decimal }),
  };
}

export async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function settingsOf(groups: readonly CsvFileGroup[], said: CsvKnown = {}): CsvSettings {
  const first = groups[0]?.dialect;
  if (first === undefined) return { ...said };
  const isSame = groups.every(({ dialect }) => dialect.delimiter.value === first.delimiter.value);
  return {
    delimiter: isSame ? first.delimiter.value : 'auto',
    quote: first.quote.value,
    escape: first.escape.value,
    comment: first.comment.value,
    skipLines: first.skipLines.value,
    header: first.header.value,
    nullValues: [...new Set(groups.flatMap(({ dialect }) => dialect.nullValues.value))],
    ...(said.columns !== undefined && { columns: said.columns }),
  };
}

/** The same for files that are read alike. */
function keyOf({ encoding, delimiter, quote, escape: sign, comment, skipLines, header }: CsvDialectFacts): string {
  return JSON.stringify([encoding, delimiter, quote, sign, comment, skipLines, header].map(({ value }) => value));
}

function joined({ files, path, dialect }: CsvFileGroup, other: CsvDialectFacts): CsvFileGroup {
  const { decimal, nullValues } = dialect;
  const tokens = [...new Set([...nullValues.value, ...other.nullValues.value])];
  return {
    files: files + 1,
    path,
    dialect: {
      encoding: lessSure(dialect.encoding, other.encoding),
      delimiter: lessSure(dialect.delimiter, other.delimiter),
      quote: lessSure(dialect.quote, other.quote),
      escape: lessSure(dialect.escape, other.escape),
      comment: lessSure(dialect.comment, other.comment),
      skipLines: lessSure(dialect.skipLines, other.skipLines),
      header: lessSure(dialect.header, other.header),
      // A file without decimals says nothing against those that have some.
      decimal: other.decimal.confidence > decimal.confidence ? other.decimal : decimal,
      nullValues:
        tokens.length === nullValues.value.length
          ? nullValues
          : { ...other.nullValues, value: tokens, evidence: evidenceOf(tokens, other.nullValues) },
    },
  };
}

function evidenceOf(
  tokens: readonly string[],
  { evidence }: DialectProperty<unknown>,
): DialectProperty<unknown>['evidence'] {
  return evidence.code === 'GIVEN' ? evidence : { ...evidence, facts: { tokens: tokens.filter(Boolean).join(', ') } };
}

function lessSure<Value>(a: DialectProperty<Value>, b: DialectProperty<Value>): DialectProperty<Value> {
  return b.confidence < a.confidence ? b : a;
}
