import { z } from 'zod';
import { mappingSchema } from '../mapping.ts';
import { REJECT_CODES } from '../rejects.ts';
import { recordSchema, rejectFilterSchema, rejectRowSchema } from './reject-pages.ts';

/** The longest text that is kept in the place of a value, and how many of them are taken at once. */
const LONGEST = 100_000;
const MOST_AT_ONCE = 1_000;
const MOST_CHARACTERS = 5_000_000;

export const correctionTextSchema = z
  .string()
  .max(LONGEST)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'must be text that a database can keep');

/** Which value of which row. `column` null: the text of the whole record, where that cannot be read. */
const cellSchema = recordSchema.extend({ column: z.string().min(1).nullable() });

const correctionSchema = z.union([
  /** null: nothing is there. A column that takes all values of a path is given several as a JSON array. */
  cellSchema
    .extend({ value: correctionTextSchema.nullable() })
    .strict()
    .refine(({ column, value }) => column !== null || value !== null, 'must hold the text of the record'),
  cellSchema.extend({ remove: z.literal(true) }).strict(),
]);
export type Correction = Readonly<z.infer<typeof correctionSchema>>;

export const correctionsSchema = z
  .array(correctionSchema)
  .min(1)
  .max(MOST_AT_ONCE)
  .refine(
    (all) => all.reduce((sum, one) => sum + ('value' in one ? (one.value?.length ?? 0) : 0), 0) <= MOST_CHARACTERS,
    `may hold ${MOST_CHARACTERS} characters in all`,
  );

/**
 * Why nothing was kept: the row is loaded, or was never rejected (`not_open`); its table has no such column; the record
 * cannot be read, so that only its whole text can be corrected, or it can, so that only its values can.
 */
const CORRECTION_REFUSALS = ['not_open', 'no_such_column', 'record_unreadable', 'record_readable'] as const;
export type CorrectionRefusal = (typeof CORRECTION_REFUSALS)[number];

const keptSchema = z.object({ value: z.string().nullable(), at: z.string(), who: z.string() });
export type KeptCorrection = Readonly<z.infer<typeof keptSchema>>;

/** The same for every open row with an objection that passes the filter. */
export const correctAllSchema = z.object({
  filter: rejectFilterSchema,
  column: z.string().min(1),
  value: correctionTextSchema.nullable(),
});
export type CorrectAll = Readonly<z.infer<typeof correctAllSchema>>;

/** What stands now of each value that was asked for, in that order: the last word counts, whoever said it. */
export const correctedSchema = z
  .array(cellSchema.extend({ stands: keptSchema.nullable(), refused: z.enum(CORRECTION_REFUSALS).exactOptional() }))
  .readonly();
export type Corrected = Readonly<z.infer<typeof correctedSchema>>;

/** Why a line of a file of corrected rejects says nothing that could be kept. */
const IMPORT_REFUSALS = [
  ...CORRECTION_REFUSALS,
  // the line names no record, is broken, or says no column where one is needed
  'no_record',
  'broken_line',
  'no_column',
  // the value was longer than what is exported of it, so what stands there now is not the whole
  'value_cut',
  // longer than what is kept, or no text of a database
  'bad_text',
] as const;
export type ImportRefusal = (typeof IMPORT_REFUSALS)[number];

export const importedSchema = z.object({
  /** Lines of the file, its header left out. */
  lines: z.number().int(),
  /** Values that were corrected by it; those that stood so before are not counted. */
  corrected: z.number().int(),
  /** Lines that say what is rejected, or corrected, as it is. */
  untouched: z.number().int(),
  /** Changed lines of rows that are loaded by now. */
  loaded: z.number().int(),
  refused: z.number().int(),
  /** The first of them. */
  refusals: z.array(z.object({ line: z.number().int(), reason: z.enum(IMPORT_REFUSALS) })).readonly(),
});
export type ImportedCorrections = Readonly<z.infer<typeof importedSchema>>;

export const recordRequestSchema = recordSchema.extend({
  /** Look at it as another mapping would; left out: the job's own. */
  mapping: mappingSchema.exactOptional(),
});

/** Whether a file is the one that was loaded. `elsewhere`: it may not be read from here. */
const FILE_STATES = ['same', 'changed', 'gone', 'elsewhere'] as const;
export type SourceFileState = (typeof FILE_STATES)[number];

const positionSchema = z.object({ line: z.number().int(), column: z.number().int() });

const excerptSchema = z.object({
  /** In order; where numbers skip, or a line ends before its end or begins behind its beginning, text is left out. */
  lines: z
    .array(
      z.object({
        number: z.number().int(),
        /** Of the first character shown, from 1. */
        column: z.number().int(),
        text: z.string(),
        /** Whether the line goes on. */
        more: z.boolean(),
      }),
    )
    .readonly(),
  /** The record's first character, and the one behind its last; null: not known. */
  begins: positionSchema,
  ends: positionSchema.nullable(),
});
export type SourceExcerpt = Readonly<z.infer<typeof excerptSchema>>;

const recordColumnSchema = z.object({
  name: z.string(),
  type: z.string(),
  isKey: z.boolean(),
  nullable: z.boolean(),
  /** The path that selects its value. */
  field: z.string().exactOptional(),
  /** How it gets its value: from the record, looked up in other rows, or the same in every row. */
  origin: z.enum(['record', 'lookup', 'constant', 'default']),
  /** As it stands in the file; null: nothing is there, or it is not known. */
  raw: z.string().nullable(),
  /** The raw text is longer than what is shown of it. */
  isCut: z.boolean(),
  /** What becomes of it, with the correction; null where there is an objection, or the database fills it in. */
  value: z.string().nullable(),
  objection: z.object({ code: z.enum(REJECT_CODES), message: z.string() }).exactOptional(),
  correction: keptSchema.exactOptional(),
});
export type RecordColumn = Readonly<z.infer<typeof recordColumnSchema>>;

/** A rejected row whole: all its values, what is said against it, and its record where it stands in its file. */
export const recordViewSchema = recordSchema.extend({
  path: z.string(),
  line: z.number().int(),
  table: z.string(),
  source: z.enum(FILE_STATES),
  rejects: z.array(rejectRowSchema).readonly(),
  columns: z.array(recordColumnSchema).readonly(),
  /** The whole text of a record that cannot be read; `isCut`: it is longer, and cannot be corrected here. */
  unreadable: z
    .object({ text: z.string(), isCut: z.boolean(), correction: keptSchema.exactOptional() })
    .exactOptional(),
  /** null: the file is not the one that was loaded, or the record was not found in it. */
  excerpt: excerptSchema.nullable(),
});
export type RecordView = Readonly<z.infer<typeof recordViewSchema>>;
