import { z } from 'zod';
import { connectionRefSchema } from '../connection.ts';

export const estimateRequestSchema = z.object({
  bytes: z.number().nonnegative(),
  /** The mapping's name. */
  mapping: z.string(),
  /** As the mapping has it. */
  format: z.string(),
  connection: connectionRefSchema,
});
export type EstimateRequest = Readonly<z.infer<typeof estimateRequestSchema>>;

/** How long a load will take, from and to, in seconds, as coarse as it is known. */
export const loadEstimateSchema = z.object({
  low: z.number(),
  high: z.number(),
  /** What it rests on: loads of this mapping into this database, loads of this format, or figures of Loadstone's own. */
  basis: z.enum(['mapping', 'format', 'default']),
  /** How many of them. */
  loads: z.number().int(),
});
export type LoadEstimate = Readonly<z.infer<typeof loadEstimateSchema>>;
