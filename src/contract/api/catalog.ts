import { z } from 'zod';

export const tableNameSchema = z.object({ schema: z.string().min(1), table: z.string().min(1) });
export type TableName = Readonly<z.infer<typeof tableNameSchema>>;

const catalogTableSchema = z.object({
  name: z.string(),
  kind: z.enum(['table', 'view']),
  /** The server's estimate; null when it has none yet. */
  estimatedRows: z.number().nullable(),
  /** With indexes and long values. */
  bytes: z.number(),
  comment: z.string().nullable(),
});

/** The schemas a user may see, without the server's own and without staging. */
export const catalogListingSchema = z.object({
  database: z.string(),
  user: z.string(),
  serverVersion: z.string(),
  schemas: z.array(z.object({ name: z.string(), tables: z.array(catalogTableSchema).readonly() })).readonly(),
});
export type CatalogListing = z.infer<typeof catalogListingSchema>;

const columnDescriptionSchema = z.object({
  name: z.string(),
  type: z.string(),
  nullable: z.boolean(),
  default: z.string().nullable(),
  comment: z.string().nullable(),
});

const linkSchema = z.object({
  constraint: z.string(),
  columns: z.array(z.string()).readonly(),
  /** The other table. */
  other: tableNameSchema,
  otherColumns: z.array(z.string()).readonly(),
  onDelete: z.string(),
});

export const tableDescriptionSchema = z.object({
  columns: z.array(columnDescriptionSchema).readonly(),
  key: z.array(z.string()).readonly(),
  references: z.array(linkSchema).readonly(),
  referencedBy: z.array(linkSchema).readonly(),
  indexes: z.array(z.object({ name: z.string(), definition: z.string() })).readonly(),
  comment: z.string().nullable(),
});
export type TableDescription = z.infer<typeof tableDescriptionSchema>;

export const rowRequestSchema = z.object({
  ...tableNameSchema.shape,
  offset: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(500),
  /** Default: the primary key, else the order on disk. */
  orderBy: z.object({ column: z.string(), descending: z.boolean() }).exactOptional(),
});
export type RowRequest = Readonly<z.infer<typeof rowRequestSchema>>;

/** Values as PostgreSQL writes them; very long ones are cut and end in "…". */
export const rowPageSchema = z.object({
  columns: z.array(z.string()).readonly(),
  rows: z.array(z.array(z.string().nullable())).readonly(),
  total: z.number(),
  /** false: the table is so large that the total is the server's estimate. */
  exact: z.boolean(),
});
export type RowPage = z.infer<typeof rowPageSchema>;
