import { z } from 'zod';
import { ERROR_CODES, type ErrorFacts } from './errors.ts';

const placeSchema = z.object({
  path: z.string(),
  line: z.number().int().exactOptional(),
  column: z.number().int().exactOptional(),
});

/** {@link ErrorFacts} at a boundary. Apart from the errors themselves, so that a command's help loads no schema library. */
export const errorFactsSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  remedy: z.string(),
  retryable: z.boolean(),
  place: placeSchema.exactOptional(),
  sqlState: z.string().exactOptional(),
}) satisfies z.ZodType<ErrorFacts>;
