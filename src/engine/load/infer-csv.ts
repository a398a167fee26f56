import { open } from 'node:fs/promises';
import type { CsvKnown } from '#contract/csv-settings';
import type { CsvDialectFacts, CsvFileGroup, DialectProperty, Uncertainty } from '#contract/inference';
import { literalGlob } from '#contract/literal-glob';
import type { MappingInput } from '#contract/mapping';
import type { KnownCsv } from '#engine/parse/csv/sniff/sniff-csv';
import { sniffCsv } from '#engine/parse/csv/sniff/sniff-csv';
import type { FileTotals } from './csv-doubts.ts';
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

interface Group {
  readonly paths: string[];
  readonly dialect: CsvDialectFacts;
}

interface SniffedFiles {
  readonly settings: CsvSettings;
  readonly groups: readonly CsvFileGroup[];
  readonly totals: readonly FileTotals[];
}

/** How the files are written: as most of them are, and how the others differ. */
export async function sniffFiles(files: readonly FoundFile[], said: SaidOfCsv): Promise<SniffedFiles> {
  const known = knownOf(said);
  const groups = new Map<string, Group>();
  const totals: FileTotals[] = [];
  for (const file of files) {
    const head = await headOf(file.absolute).catch(() => null);
    if (head === null || head.length === 0) continue;
    const { columns: _, totals: text, ...dialect } = sniffCsv(head, known);
    if (text !== null) totals.push({ path: file.path, text });
    const key = keyOf(dialect);
    const group = groups.get(key);
    const { path } = file;
    if (group === undefined) groups.set(key, { paths: [path], dialect });
    else groups.set(key, { paths: [...group.paths, path], dialect: joined(group.dialect, dialect) });
  }
  const all = [...groups.values()].toSorted((one, other) => other.paths.length - one.paths.length);
  return {
    settings: settingsOf(all, said.csv),
    totals,
    groups: all.map(({ paths, dialect }) => ({ files: paths.length, path: paths[0] ?? '', dialect })),
  };
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

function settingsOf(groups: readonly Group[], said: CsvKnown = {}): CsvSettings {
  const [first, ...others] = groups;
  if (first === undefined) return { ...said };
  const common = partsOf(first.dialect);
  const isSame = groups.every(({ dialect }) => dialect.delimiter.value === common.delimiter);
  const files = others.flatMap(({ paths, dialect }) => {
    const own = differences(partsOf(dialect), isSame ? common : { ...common, delimiter: 'auto' });
    return Object.keys(own).length === 0 ? [] : [{ include: paths.map(literalGlob), ...own }];
  });
  return {
    ...common,
    // More files may come: they need not be written like most of these.
    ...(!isSame && { delimiter: 'auto' }),
    ...(said.columns !== undefined && { columns: said.columns }),
    ...(files.length > 0 && { files }),
  };
}

function partsOf({ delimiter, quote, escape: sign, comment, skipLines, header, nullValues }: CsvDialectFacts) {
  return {
    delimiter: delimiter.value,
    quote: quote.value,
    escape: sign.value,
    comment: comment.value,
    skipLines: skipLines.value,
    header: header.value,
    // Words that were guessed are judged column by column, over all that is looked at.
    nullValues: nullValues.evidence.code === 'GIVEN' ? [...nullValues.value] : [''],
  };
}

function differences<Parts extends object>(own: Parts, common: Parts): Partial<Parts> {
  const differing = Object.entries(own).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(common[name as keyof Parts]),
  );
  return Object.fromEntries(differing) as Partial<Parts>;
}

/** The same for files that are read alike. */
function keyOf({ encoding, delimiter, quote, escape: sign, comment, skipLines, header }: CsvDialectFacts): string {
  return JSON.stringify([encoding, delimiter, quote, sign, comment, skipLines, header].map(({ value }) => value));
}

function joined(dialect: CsvDialectFacts, other: CsvDialectFacts): CsvDialectFacts {
  const { decimal, nullValues } = dialect;
  const tokens = [...new Set([...nullValues.value, ...other.nullValues.value])];
  return {
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

/** What a mapping has to say of files that differ; delimiter and encoding can also be guessed as they are read. */
const SAID = ['quote', 'escape', 'comment', 'skipLines', 'header'] as const;

/** Groups of files that are not written as most are, which are the first. */
export function differingDialects([first, ...others]: readonly CsvFileGroup[]): readonly Uncertainty[] {
  if (first === undefined) return [];
  return others.flatMap(({ files, path, dialect }) => {
    const differing = SAID.filter((name) => dialect[name].value !== first.dialect[name].value);
    if (differing.length === 0) return [];
    const told = differing.map((name) => `${name} ${JSON.stringify(dialect[name].value)}`).join(', ');
    const more = files === 1 ? '' : ` and ${files - 1} more`;
    const decided = 'each file is read as it seems to be written';
    return [
      { code: 'DIALECTS_DIFFER' as const, path: '/', decided, why: `${path}${more}: ${told}, unlike ${first.path}` },
    ];
  });
}
