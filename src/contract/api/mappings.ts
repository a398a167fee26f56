import { z } from 'zod';
import { mappingSchema } from '../mapping.ts';

export const presetSchema = z.object({ name: z.string(), mapping: mappingSchema });

/** A mapping file by path, or its text as dropped on the page. */
export const readMappingRequestSchema = z.union([
  z.object({ path: z.string().min(1) }),
  z.object({ name: z.string().min(1).max(255), text: z.string().max(5_000_000) }),
]);
