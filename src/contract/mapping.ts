import { z } from 'zod';
import { csvSchema } from './csv-settings.ts';

/**
 * The mapping file, version 1: how records of any source become rows. Parsing applies every default, so that the rest
 * of the program never asks whether a key was left out. What zod cannot say (paths, types, names that collide, tables
 * that do not exist) is judged by the engine's mapping compiler.
 */

export const conflictPolicySchema = z.enum(['skip', 'overwrite', 'merge', 'fail']);
export type ConflictPolicy = z.infer<typeof conflictPolicySchema>;

const normalizeSchema = z.enum(['none', 'NFC']);
const onExtraValuesSchema = z.enum(['reject', 'warn', 'ignore']);
const decimalSchema = z.array(z.enum(['.', ','])).min(1);

const sourceSchema = z.strictObject({
  format: z.enum(['xml', 'csv', 'json', 'api']),
  /** Globs below the chosen folder; left out: every file of the format. */
  include: z.array(z.string().min(1)).min(1).optional(),
  exclude: z.array(z.string().min(1)).default([]),
  caseSensitive: z.boolean().default(false),
  encoding: z.string().min(1).default('auto'),
  namespaces: z.record(z.string(), z.string()).default({}),
  csv: csvSchema.prefault({}),
});

const defaultsSchema = z.strictObject({
  trim: z.boolean().default(true),
  emptyAsNull: z.boolean().default(true),
  normalize: normalizeSchema.default('none'),
  decimal: decimalSchema.default(['.']),
  onExtraValues: onExtraValuesSchema.default('reject'),
});

const lookupStepSchema = z.strictObject({
  table: z.string().min(1),
  /** Column of that table → column of this row, or `$value`: what the step before took. */
  where: z
    .record(z.string(), z.string())
    .refine((where) => Object.keys(where).length > 0, 'must name at least one column'),
  take: z.string().min(1),
  scope: z.enum(['file', 'load']).default('file'),
});
export type LookupStep = z.infer<typeof lookupStepSchema>;

const columnSchema = z.strictObject({
  name: z.string().min(1),
  type: z.string().min(1),
  path: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
  const: z.string().optional(),
  lookup: z.array(lookupStepSchema).min(1).optional(),
  nullable: z.boolean().default(true),
  /** An SQL expression, used when the value is absent or, with emptyAsNull, empty. */
  default: z.string().min(1).optional(),
  formats: z.array(z.string().min(1)).min(1).optional(),
  decimal: decimalSchema.optional(),
  round: z.boolean().default(false),
  /** Texts that mean no value, compared once they are trimmed and normalised. */
  nullValues: z.array(z.string()).min(1).optional(),
  values: z.record(z.string(), z.string()).optional(),
  true: z.array(z.string()).min(1).optional(),
  false: z.array(z.string()).min(1).optional(),
  many: z.enum(['first', 'last', 'join', 'json']).optional(),
  trim: z.boolean().optional(),
  emptyAsNull: z.boolean().optional(),
  normalize: normalizeSchema.optional(),
  onExtraValues: onExtraValuesSchema.optional(),
});
export type MappedColumn = z.infer<typeof columnSchema>;

const referenceSchema = z
  .strictObject({
    columns: z.array(z.string().min(1)).min(1),
    table: z.string().min(1),
    on: z.array(z.string().min(1)).min(1),
    onMissing: z.enum(['reject', 'null', 'fail']).default('reject'),
    onDelete: z.enum(['no action', 'restrict', 'cascade', 'set null']).default('no action'),
  })
  .refine(({ columns, on }) => columns.length === on.length, 'must list as many "columns" as "on"');
export type Reference = z.infer<typeof referenceSchema>;

const onConflictSchema = z.union([
  conflictPolicySchema,
  z.strictObject({
    default: conflictPolicySchema.default('skip'),
    columns: z.record(z.string(), conflictPolicySchema).default({}),
  }),
]);

const tableSchema = z.strictObject({
  /** Target table, `schema.table` allowed. */
  name: z.string().min(1),
  include: z.array(z.string().min(1)).min(1).default(['*']),
  records: z.string().min(1).optional(),
  columns: z.array(columnSchema).min(1),
  key: z.array(z.string().min(1)).default([]),
  references: z.array(referenceSchema).default([]),
  onConflict: onConflictSchema.default('skip'),
  /** false: staged for lookups only; needs no key, never reaches a target, stands in no totals. */
  keep: z.boolean().default(true),
});
export type MappedTable = z.infer<typeof tableSchema>;

export const mappingSchema = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1),
  name: z.string().min(1),
  source: sourceSchema,
  defaults: defaultsSchema.prefault({}),
  quoteNames: z.boolean().default(false),
  tables: z.array(tableSchema).min(1),
});
/** A mapping with every default applied. */
export type Mapping = z.infer<typeof mappingSchema>;
/** A mapping as people write it: what has a default may be left out. */
export type MappingInput = z.input<typeof mappingSchema>;
