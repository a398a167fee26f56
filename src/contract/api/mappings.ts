import { z } from 'zod';
import { mappingSchema } from '../mapping.ts';

export const presetSchema = z.object({ name: z.string(), mapping: mappingSchema });

/** A mapping file by path, or its text as dropped on the page. */
export const readMappingRequestSchema = z.union([
  z.object({ path: z.string().min(1) }),
  z.object({ name: z.string().min(1).max(255), text: z.string().max(5_000_000) }),
]);

/** Enough for a name; in any script its file's name stays short enough for every file system. */
const MOST_NAME = 60;

export const savedNameSchema = z.string().trim().min(1).max(MOST_NAME);

/** A mapping that a user keeps for other folders. */
export const savedMappingSchema = z.object({ name: z.string(), savedAt: z.string(), mapping: mappingSchema });
