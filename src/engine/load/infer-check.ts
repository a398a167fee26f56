import { LoadstoneError } from '#contract/errors';
import { type MappingInput, mappingSchema } from '#contract/mapping';
import { compileMapping } from '#engine/map/compile-mapping';
import { NameTable } from '#engine/model/name-table';

/**
 * Judges an inferred mapping as a load is going to judge it.
 * @throws LoadstoneError INTERNAL when a load would refuse it: that is a defect, and known before anybody relies on it.
 */
export function checkInferred(mapping: MappingInput): void {
  const parsed = mappingSchema.safeParse(mapping);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw unusable(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  try {
    compileMapping(parsed.data, new NameTable({ prefixes: mapping.source.format === 'xml' }));
  } catch (thrown) {
    if (!(thrown instanceof LoadstoneError) || thrown.code !== 'MAPPING_INVALID') throw thrown;
    throw unusable(thrown.message, thrown);
  }
}

function unusable(why: string, cause?: unknown): LoadstoneError {
  return new LoadstoneError({
    code: 'INTERNAL',
    message: `What was inferred from these files is no mapping that could load them. ${why}`,
    remedy:
      'This is a defect of Loadstone: please report this message. A mapping written by hand can load the files meanwhile.',
    cause,
  });
}
