import type { CsvDialectFacts, CsvFileGroup, Uncertainty } from '#contract/inference';

type Doubt = Pick<Uncertainty, 'code' | 'decided' | 'why'>;

/** What of the way CSV files are written could be otherwise, and changes what is loaded. */
export function csvDoubts(groups: readonly CsvFileGroup[]): readonly Uncertainty[] {
  return groups.flatMap(({ files, path, dialect }) => {
    const where = files === 1 ? path : `${path} and ${files - 1} more`;
    return quoteDoubts(dialect).map(({ why, ...doubt }) => ({ ...doubt, path: '/', why: `${where}: ${why}` }));
  });
}

function quoteDoubts({ quote: { value, evidence } }: CsvDialectFacts): readonly Doubt[] {
  if (value !== null || evidence.code !== 'QUOTES_ARE_TEXT') return [];
  const { fields = 0, broken = 0 } = evidence.facts;
  const none = fields === 0 ? 'no field stands' : `only ${counted(fields, 'field')} would stand`;
  const would = `taken as quotes they would break ${counted(broken, 'record')} of what was looked at`;
  const decided = 'quotation marks are part of the values';
  return [{ code: 'QUOTES_AS_TEXT', decided, why: `${none} in quotation marks, and ${would}` }];
}

function counted(count: string | number, noun: string): string {
  return `${count} ${noun}${Number(count) === 1 ? '' : 's'}`;
}
