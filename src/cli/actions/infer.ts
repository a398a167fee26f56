import { writeFile } from 'node:fs/promises';
import { LoadstoneError } from '#contract/errors';
import type { InferenceReport } from '#contract/inference';
import { type MappingInput, mappingSchema } from '#contract/mapping';
import type { InferProgress } from '#engine/door';
import { type CliContext, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import type { GuessOptions, InferOptions } from '../options/common.ts';
import { type CsvOptions, saidOfCsv } from '../options/csv.ts';
import { existingPaths } from '../options/paths.ts';
import { usage } from '../options/values.ts';
import { renderInference, renderInferProgress } from '../render/inference.ts';

/** `loadstone infer`: the mapping goes where it was asked for, what was not certain to standard error. */
export async function runInfer(context: CliContext, paths: readonly string[], options: InferOptions): Promise<number> {
  const found = await existingPaths(paths);
  const { mapping, report } = await inferFor(context, found, options);
  context.terminal.err(renderInference(report));
  const text = `${JSON.stringify(mapping, null, 2)}\n`;
  if (options.out !== undefined) {
    await writeNew(options.out, text);
    context.terminal.err(`The mapping stands in ${options.out}.\n`);
  }
  if (options.json) await printJson(context, { mapping, report });
  else if (options.out === undefined) await context.terminal.out(text);
  return report.files.failed.length > 0 ? EXIT.doneWithRejects : EXIT.done;
}

/** Looks at the files, with progress for a person who watches. */
export async function inferFor(
  context: CliContext,
  paths: readonly string[],
  options: GuessOptions & CsvOptions,
): Promise<{ readonly mapping: MappingInput; readonly report: InferenceReport }> {
  const { terminal, interrupts } = context;
  const { inferMapping } = await import('#engine/door');
  const { format, sample, xsd } = options;
  const chosen = {
    ...(format !== undefined && { format }),
    ...(sample !== undefined && { sampleBytes: sample }),
    ...(xsd !== undefined && { xsd }),
    ...saidOfCsv(options),
  };
  const onProgress = (progress: InferProgress) => {
    if (terminal.live) terminal.err(renderInferProgress(progress));
  };
  const inferred = await inferMapping(paths, chosen, { signal: interrupts.signal, onProgress }).finally(() => {
    if (terminal.live) terminal.err(renderInferProgress(null));
  });
  mappingSchema.parse(inferred.mapping);
  return inferred;
}

/** A mapping that somebody may have worked on is never written over. */
async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') {
      throw usage(`"${path}" exists already.`, 'Name another file with --out, or remove that one.');
    }
    throw new LoadstoneError({
      code: 'CONFIG_INVALID',
      message: `"${path}" cannot be written: ${(cause as Error).message}.`,
      remedy: 'Name a file in a folder that exists and may be written to.',
      cause,
    });
  }
}
