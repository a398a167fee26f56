import type { CsvDialectFacts, CsvFileGroup, DialectEvidenceCode } from '#contract/inference';
import { counted } from './numbers.ts';
import { visible } from './visible.ts';

/** Surer than this need not be explained. */
const CONFIDENT = 0.9;

/** How CSV files are written: a line for those that are alike, and one for each part that is not sure. */
export function dialectLines({ files, path, dialect }: CsvFileGroup): string {
  const alike = files === 1 ? '' : ` and ${counted(files - 1, 'more file')}`;
  const parts = LINE.map((name) => `${LABELS[name]} ${shown(dialect[name].value)}`);
  const doubts = PROPERTIES.filter((name) => dialect[name].confidence < CONFIDENT).map((name) => {
    const { value, confidence, evidence } = dialect[name];
    const why = REASONS[evidence.code].replace(/\{(\w+)\}/g, (_, fact: string) => shown(evidence.facts[fact] ?? ''));
    return `    ${LABELS[name]} ${shown(value)} with ${Math.round(confidence * 100)} % confidence: ${why}\n`;
  });
  return `  ${visible(path)}${alike}: ${parts.join(', ')}\n${doubts.join('')}`;
}

const LINE = ['encoding', 'delimiter', 'quote', 'header'] as const satisfies readonly (keyof CsvDialectFacts)[];
const PROPERTIES = [
  ...LINE,
  'comment',
  'skipLines',
  'nullValues',
] as const satisfies readonly (keyof CsvDialectFacts)[];

const LABELS: Readonly<Record<(typeof PROPERTIES)[number], string>> = {
  encoding: 'encoding',
  delimiter: 'delimiter',
  quote: 'quote',
  header: 'header',
  comment: 'comments',
  skipLines: 'lines above the table',
  nullValues: 'no value',
};

function shown(value: string | number | boolean | null | readonly string[]): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map((one) => shown(one)).join(' ');
  const text = visible(String(value));
  return typeof value === 'string' && !/^[\w-]{2,}$/.test(value) ? `"${text}"` : text;
}

const REASONS: Readonly<Record<DialectEvidenceCode, string>> = {
  GIVEN: 'it was said so',
  BYTE_ORDER_MARK: 'a byte order mark says so',
  ZERO_BYTES: 'every other byte is zero, as in UTF-16',
  ASCII: 'all characters seen are ASCII',
  VALID_UTF8: 'it is valid UTF-8',
  DAMAGED_UTF8: 'most characters beyond ASCII are valid UTF-8, some are damaged',
  VIETNAMESE_ACCENTS:
    'it is not UTF-8, and {accents} accents stand behind vowels as Vietnamese windows-1258 writes them',
  NO_OTHER_ENCODING: 'it is not UTF-8, and nothing speaks for another encoding of one byte per character',
  EVEN_RECORDS: '{even} of {records} records have {fields} fields',
  EVEN_IN_TWO_WAYS:
    '{even} of {records} records have {fields} fields, but with {delimiter} and quote {quote} they would be even too',
  ONE_COLUMN: 'nothing parts the lines evenly: they are taken as one column',
  SEPARATOR_LINE: 'the first line, sep=, says so',
  QUOTES_ARE_TEXT: 'quotation marks that stand in the file do not enclose fields',
  NOTHING_QUOTED: 'no field is quoted',
  FIELDS_QUOTED: '{fields} fields are quoted',
  NOTHING_ESCAPED: 'nothing is escaped',
  QUOTES_DOUBLED: 'quotation marks inside fields are doubled',
  BACKSLASHES: 'backslashes stand before quotation marks',
  NO_COMMENTS: 'no line looks like a comment',
  COMMENTS_DO_NOT_FIT: 'lines that begin with # do not fit the table',
  BEGINS_AT_TOP: 'the table begins with the first line',
  PREAMBLE: 'the first {lines} lines are not like those below',
  VALUE_IN_FIRST_LINE: '{value} in the first line is a value, not a name',
  OTHER_TYPE_BELOW: 'below {name} stand values of another type',
  NAMES_NOWHERE_BELOW: 'the texts of the first line are distinct and come nowhere below',
  LIKE_THE_OTHERS: 'the first line is like the others',
  DECIMAL_POINTS: '{columns} columns hold decimal points',
  DECIMAL_COMMAS: '{columns} columns hold decimal commas',
  NO_DECIMALS: 'no column tells decimal points from commas',
  ONLY_EMPTY: 'only empty fields have no value',
  TOKENS_AMONG_OTHERS: '{tokens} stand where other values are of another type',
};
