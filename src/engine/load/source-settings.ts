import { LoadstoneError } from '#contract/errors';
import { type Mapping, type MappingInput, mappingSchema } from '#contract/mapping';

/**
 * What a mapping says of its files, with every default.
 * @throws LoadstoneError USAGE when its parts contradict each other.
 */
export function sourceSettings(source: MappingInput['source']): Mapping['source'] {
  const tables: MappingInput['tables'] = [
    { name: 't', records: 'r', columns: [{ name: 'c', type: 'text', path: '.' }] },
  ];
  const read = mappingSchema.safeParse({ version: 1, name: 'source', source, tables });
  if (read.success) return read.data.source;
  const [issue] = read.error.issues;
  throw new LoadstoneError({
    code: 'USAGE',
    message: `${issue?.path.join('.') ?? 'source'} ${issue?.message ?? 'is not valid'}.`,
    remedy: 'Say something else of the files, or leave it to be guessed.',
  });
}
