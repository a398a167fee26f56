import { z } from 'zod';

/** How CSV files are written, as a mapping says it in `source.csv`: for all of them, and for those that differ. */

function isAsciiCharacter(text: string): boolean {
  return text.length === 1 && text > '\0' && text < '\x80' && text !== '\r' && text !== '\n';
}

/** One character or none; null and '' are the same. */
const asciiCharacterSchema = z
  .string()
  .max(1)
  .refine((text) => text === '' || isAsciiCharacter(text), 'must be one ASCII character, or null')
  .nullable();

const delimiterSchema = z
  .string()
  .min(1)
  .refine((text) => text === 'auto' || ([...text].length === 1 && !/[\r\n\0]/.test(text)), {
    error: 'must be one character, or "auto"',
  });
const columnsSchema = z.array(z.string().min(1)).min(1);
const skipLinesSchema = z.number().int().nonnegative();
const commentSchema = z.string().min(1).nullable();
const nullValuesSchema = z.array(z.string());

/** What somebody says of CSV files before anything is known of them: what is left out is guessed. */
export const csvKnownSchema = z.strictObject({
  delimiter: delimiterSchema.exactOptional(),
  quote: asciiCharacterSchema.exactOptional(),
  escape: asciiCharacterSchema.exactOptional(),
  header: z.boolean().exactOptional(),
  columns: columnsSchema.exactOptional(),
  skipLines: skipLinesSchema.exactOptional(),
  comment: commentSchema.exactOptional(),
  nullValues: nullValuesSchema.exactOptional(),
});
export type CsvKnown = Readonly<z.infer<typeof csvKnownSchema>>;

/** How some of the files differ; what is left out is as in the others. */
const csvFilesSchema = csvKnownSchema.extend({
  /** Globs below the chosen folder; one without `/` is matched against the file's name. */
  include: z.array(z.string().min(1)).min(1),
  encoding: z.string().min(1).exactOptional(),
});

export const csvSchema = z
  .strictObject({
    /** `auto`: guessed per file. */
    delimiter: delimiterSchema.default('auto'),
    quote: asciiCharacterSchema.default('"'),
    /** The quote itself: quotes inside a quoted field are doubled. */
    escape: asciiCharacterSchema.default('"'),
    header: z.boolean().default(true),
    /** Names of the columns, in order: for files without a header, or instead of what it says. */
    columns: columnsSchema.optional(),
    skipLines: skipLinesSchema.default(0),
    comment: commentSchema.default(null),
    /** Compared with each field as it stands in the file, quotes included: "" is the unquoted empty field. */
    nullValues: nullValuesSchema.default(['']),
    /** The first that matches a file counts. */
    files: z.array(csvFilesSchema).default([]),
  })
  .superRefine((csv, context) => {
    for (const issue of contradictions(csv)) context.addIssue({ code: 'custom', message: issue });
    for (const [index, { include: _, ...own }] of csv.files.entries()) {
      for (const issue of contradictions({ ...csv, ...own })) {
        context.addIssue({ code: 'custom', message: issue, path: ['files', index] });
      }
    }
  });

interface Characters {
  readonly delimiter: string;
  readonly quote: string | null;
  readonly escape: string | null;
  readonly columns?: readonly string[] | undefined;
}

function contradictions({ columns = [], ...csv }: Characters): readonly string[] {
  return [
    ...(csv.delimiter === csv.quote ? ['must have a "delimiter" other than its "quote"'] : []),
    ...(csv.delimiter === csv.escape ? ['must have a "delimiter" other than its "escape"'] : []),
    ...(new Set(columns).size === columns.length ? [] : ['must name each of its "columns" once']),
  ];
}
