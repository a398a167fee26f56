import type { CsvDialectFacts, CsvFileGroup, Uncertainty } from '#contract/inference';

type Doubt = Pick<Uncertainty, 'code' | 'decided' | 'why'>;

/** A file whose last line sums up the others. */
export interface FileTotals {
  readonly path: string;
  /** What it begins with. */
  readonly text: string;
}

/** What of the way CSV files are written could be otherwise, and changes what is loaded. */
export function csvDoubts(groups: readonly CsvFileGroup[], totals: readonly FileTotals[]): readonly Uncertainty[] {
  const ofGroups = groups.flatMap(({ files, path, dialect }) => {
    const where = files === 1 ? path : `${path} and ${files - 1} more`;
    return [...quoteDoubts(dialect), ...headerDoubts(dialect)].map(({ why, ...doubt }) => ({
      ...doubt,
      path: '/',
      why: `${where}: ${why}`,
    }));
  });
  return [...ofGroups, ...totalsDoubts(totals)];
}

function totalsDoubts([first, ...others]: readonly FileTotals[]): readonly Uncertainty[] {
  if (first === undefined) return [];
  const where = others.length === 0 ? first.path : `${first.path} and ${others.length} more`;
  const why = `${where}: the last line begins with "${first.text}", as a line of totals does`;
  return [{ code: 'TOTALS_LINE', path: '/', decided: 'it is a record like the others', why }];
}

function quoteDoubts({ quote: { value, evidence } }: CsvDialectFacts): readonly Doubt[] {
  if (value !== null || evidence.code !== 'QUOTES_ARE_TEXT') return [];
  const { fields = 0, broken = 0 } = evidence.facts;
  const none = fields === 0 ? 'no field stands' : `only ${counted(fields, 'field')} would stand`;
  const would = `taken as quotes they would break ${counted(broken, 'record')} of what was looked at`;
  const decided = 'quotation marks are part of the values';
  return [{ code: 'QUOTES_AS_TEXT', decided, why: `${none} in quotation marks, and ${would}` }];
}

function headerDoubts({ header, skipLines }: CsvDialectFacts): readonly Doubt[] {
  const lines = skipLines.value;
  const above: Doubt = {
    code: 'LINES_SKIPPED',
    decided: lines === 1 ? 'the first line is left out' : `the first ${lines} lines are left out`,
    why: 'they have another number of fields than the lines below, or hold little but delimiters',
  };
  const none: Doubt = {
    code: 'NO_HEADER',
    decided: 'no header was found: the columns are column1, column2 and so on, and the first line is a record',
    why: whyNone(header),
  };
  return [
    ...(lines > 0 && skipLines.evidence.code !== 'GIVEN' ? [above] : []),
    ...(header.value || header.evidence.code === 'GIVEN' ? [] : [none]),
  ];
}

function whyNone({ evidence: { code, facts } }: CsvDialectFacts['header']): string {
  const { value = '' } = facts;
  return code === 'VALUE_IN_FIRST_LINE' ? `"${value}" in it is a value, not a name` : 'it is like the lines below it';
}

function counted(count: string | number, noun: string): string {
  return `${count} ${noun}${Number(count) === 1 ? '' : 's'}`;
}
