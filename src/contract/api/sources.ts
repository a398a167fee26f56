import { z } from 'zod';
import { mappingSchema } from '../mapping.ts';

/** Beyond that, the folder is meant: each path stands in the job and in every list of jobs. */
const MOST_PATHS = 1_000;

export const scanRequestSchema = z.object({
  paths: z
    .array(z.string().min(1))
    .min(1)
    .max(MOST_PATHS, `more than ${MOST_PATHS} files one by one; choose the folder that holds them instead`),
  /** Whose include rules judge the files. */
  mapping: mappingSchema,
});

/** What a load of some paths would take. */
export const sourceSummarySchema = z.object({
  /** Files that would be loaded, and their size. */
  files: z.number().int(),
  bytes: z.number(),
  /** The first of them, in the order of loading. */
  sample: z.array(z.object({ path: z.string(), bytes: z.number() })).readonly(),
  skipped: z.object({
    count: z.number().int(),
    /** How many for each reason. */
    reasons: z.array(z.object({ reason: z.string(), count: z.number().int() })).readonly(),
    sample: z.array(z.object({ path: z.string(), reason: z.string() })).readonly(),
  }),
});
export type SourceSummary = z.infer<typeof sourceSummarySchema>;

/** A set of paths that was loaded before. */
export const recentSourceSchema = z.object({
  paths: z.array(z.string()).readonly(),
  /** The mapping's name it was loaded with. */
  mapping: z.string(),
  at: z.string(),
  /** Whether all of it is still there. */
  exists: z.boolean(),
});
export type RecentSource = z.infer<typeof recentSourceSchema>;

/** One folder of the server's file system, within the roots it allows. */
export const folderListingSchema = z.object({
  /** Absolute; null above the roots. */
  path: z.string().nullable(),
  /** The folder above; null where that is the list of roots. */
  parent: z.string().nullable(),
  entries: z
    .array(
      z.object({
        name: z.string(),
        path: z.string(),
        kind: z.enum(['folder', 'file']),
        bytes: z.number().exactOptional(),
      }),
    )
    .readonly(),
  /** More than are listed. */
  truncated: z.boolean(),
});
export type FolderListing = z.infer<typeof folderListingSchema>;
