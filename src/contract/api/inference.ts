import { z } from 'zod';
import { csvKnownSchema } from '../csv-settings.ts';
import { FILE_FORMATS } from '../file-formats.ts';
import type { CsvDialectGuess, DialectEvidenceCode, DialectProperty, InferenceReport } from '../inference.ts';
import { mappingSchema } from '../mapping.ts';

const placeSchema = z.object({
  path: z.string(),
  line: z.number().exactOptional(),
  column: z.number().exactOptional(),
});

const valuesSchema = z.object({
  count: z.number(),
  empty: z.number(),
  distinct: z.number(),
  atLeast: z.boolean(),
  shortest: z.number(),
  longest: z.number(),
  samples: z.array(z.string()).readonly(),
  type: z.string(),
});

const observedElementSchema = z.object({
  path: z.string(),
  count: z.number(),
  least: z.number(),
  most: z.number(),
  histogram: z.array(z.number()).readonly(),
  values: valuesSchema.exactOptional(),
});

const uncertaintyCodeSchema = z.enum([
  'TYPE_LEADING_ZERO',
  'TYPE_DISAGREES',
  'TYPE_AMBIGUOUS_DATE',
  'TYPE_AMBIGUOUS_NUMBER',
  'TYPE_TOO_LARGE',
  'TYPE_ROUNDED',
  'ALWAYS_EMPTY',
  'NOT_NFC',
  'UNLOADABLE',
  'KEY_NOT_CERTAIN',
  'KEY_BY_PLACE',
  'NO_KEY',
  'FEW_RECORDS',
  'REFERENCE_NOT_CERTAIN',
  'MANY_VALUES',
  'MIXED_CONTENT',
  'NULL_ITEMS',
  'NAMES_AS_DATA',
  'RECURSIVE',
  'TOO_MANY_PATHS',
  'TOO_WIDE',
  'BROKEN_RECORDS',
  'DIALECTS_DIFFER',
  'NULL_WORDS',
  'QUOTES_AS_TEXT',
  'NO_HEADER',
  'LINES_SKIPPED',
  'TOTALS_LINE',
  'SAMPLED',
  'OTHER_FORMATS',
  'SCHEMA_IGNORED',
  'SCHEMA_CONTRADICTED',
]);

const uncertaintySchema = z.object({
  code: uncertaintyCodeSchema,
  path: z.string(),
  table: z.string().exactOptional(),
  column: z.string().exactOptional(),
  decided: z.string(),
  why: z.string(),
});

const evidenceCodeSchema = z.enum([
  'GIVEN',
  'BYTE_ORDER_MARK',
  'ZERO_BYTES',
  'ASCII',
  'VALID_UTF8',
  'DAMAGED_UTF8',
  'VIETNAMESE_ACCENTS',
  'NO_OTHER_ENCODING',
  'EVEN_RECORDS',
  'EVEN_IN_TWO_WAYS',
  'ONE_COLUMN',
  'SEPARATOR_LINE',
  'QUOTES_ARE_TEXT',
  'NOTHING_QUOTED',
  'FIELDS_QUOTED',
  'NOTHING_ESCAPED',
  'QUOTES_DOUBLED',
  'BACKSLASHES',
  'NO_COMMENTS',
  'COMMENTS_DO_NOT_FIT',
  'BEGINS_AT_TOP',
  'PREAMBLE',
  'VALUE_IN_FIRST_LINE',
  'OTHER_TYPE_BELOW',
  'NAMES_NOWHERE_BELOW',
  'LIKE_THE_OTHERS',
  'DECIMAL_POINTS',
  'DECIMAL_COMMAS',
  'NO_DECIMALS',
  'ONLY_EMPTY',
  'TOKENS_AMONG_OTHERS',
]) satisfies z.ZodType<DialectEvidenceCode>;

function propertySchema<Value>(value: z.ZodType<Value>): z.ZodType<DialectProperty<Value>> {
  const facts = z.record(z.string(), z.union([z.string(), z.number()])).readonly();
  return z.object({ value, confidence: z.number(), evidence: z.object({ code: evidenceCodeSchema, facts }) });
}

const decimalSignSchema = z.enum(['.', ',']);

const dialectFactsSchema = z.object({
  encoding: propertySchema(z.string()),
  delimiter: propertySchema(z.string()),
  quote: propertySchema(z.string().nullable()),
  escape: propertySchema(z.string().nullable()),
  comment: propertySchema(z.string().nullable()),
  skipLines: propertySchema(z.number()),
  header: propertySchema(z.boolean()),
  decimal: propertySchema(decimalSignSchema),
  nullValues: propertySchema(z.array(z.string()).readonly()),
});

const inferenceReportSchema: z.ZodType<InferenceReport> = z.object({
  files: z.object({
    found: z.number(),
    read: z.number(),
    cut: z.number(),
    failed: z
      .array(z.object({ path: z.string(), code: z.string(), message: z.string(), place: placeSchema.exactOptional() }))
      .readonly(),
  }),
  bytes: z.number(),
  elements: z.number(),
  tables: z
    .array(
      z.object({
        name: z.string(),
        path: z.string(),
        rows: z.number(),
        columns: z.number(),
        key: z.array(z.string()).readonly(),
        keyReason: z.string(),
      }),
    )
    .readonly(),
  references: z
    .array(
      z.object({
        table: z.string(),
        columns: z.array(z.string()).readonly(),
        to: z.string(),
        on: z.array(z.string()).readonly(),
        evidence: z.string(),
      }),
    )
    .readonly(),
  uncertain: z.array(uncertaintySchema).readonly(),
  tree: z.array(observedElementSchema).readonly(),
  dialects: z.array(z.object({ files: z.number(), path: z.string(), dialect: dialectFactsSchema })).readonly(),
});

const fileFormatSchema = z.enum(FILE_FORMATS);

/** Files of which to find out what is in them. */
export const inferRequestSchema = z.object({
  paths: z.array(z.string().min(1)).min(1).max(1_000),
  /** Left out: the format that most files have. */
  format: fileFormatSchema.exactOptional(),
  /** Look at about so many bytes, taken from everywhere. Left out: at everything. */
  sampleBytes: z.number().int().min(1).exactOptional(),
  encoding: z.string().min(1).exactOptional(),
  /** What is known of CSV files; the rest is guessed. */
  csv: csvKnownSchema.exactOptional(),
  /** How decimals are written where the values leave it open. */
  decimal: decimalSignSchema.exactOptional(),
});
export type InferRequest = Readonly<z.infer<typeof inferRequestSchema>>;

const amountSchema = z.object({ done: z.number(), total: z.number() });

export const inferEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), files: amountSchema, bytes: amountSchema }),
  /** A mapping that loads what was looked at, and what was not certain. */
  z.object({ type: z.literal('inferred'), mapping: mappingSchema, report: inferenceReportSchema }),
]);
export type InferEvent = z.infer<typeof inferEventSchema>;
export type Inferred = Omit<Extract<InferEvent, { type: 'inferred' }>, 'type'>;

/** How many files of each format lie there, by their extensions; files chosen by name also by their first bytes. */
export const detectedFormatsSchema = z.object({
  xml: z.number().int(),
  csv: z.number().int(),
  json: z.number().int(),
  other: z.number().int(),
});
export type DetectedFormats = z.infer<typeof detectedFormatsSchema>;

/** Which CSV files to look at, and what somebody says of them. */
export const dialectRequestSchema = inferRequestSchema
  .pick({ paths: true, encoding: true, csv: true, decimal: true })
  .extend({
    /** Which of the files, as the answer names them. Left out: the first that is not empty. */
    path: z.string().min(1).exactOptional(),
  });
export type DialectRequest = Readonly<z.infer<typeof dialectRequestSchema>>;

const csvRecordSchema = z.union([
  z.object({ line: z.number(), values: z.array(z.string().nullable()).readonly() }),
  z.object({ line: z.number(), raw: z.string(), message: z.string() }),
]);

export const csvDialectGuessSchema: z.ZodType<CsvDialectGuess> = z.object({
  path: z.string(),
  files: z.number(),
  dialect: dialectFactsSchema,
  columns: z
    .array(
      z.object({
        name: z.string(),
        type: z.string(),
        formats: z.array(z.string()).readonly().exactOptional(),
        doubt: z.object({ code: uncertaintyCodeSchema, why: z.string() }).exactOptional(),
      }),
    )
    .readonly(),
  records: z.array(csvRecordSchema).readonly(),
  refused: z.object({ code: z.string(), message: z.string(), place: placeSchema.exactOptional() }).exactOptional(),
});
