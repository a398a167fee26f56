import { type CliContext, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import type { PreviewOptions } from '../options/common.ts';
import { mappingFrom } from '../options/mapping.ts';
import { existingPaths } from '../options/paths.ts';
import { targetFrom } from '../options/target.ts';
import { renderPreview } from '../render/preview.ts';

export async function runPreview(
  context: CliContext,
  paths: readonly string[],
  options: PreviewOptions,
): Promise<number> {
  const mapping = await mappingFrom(options.mapping);
  const found = await existingPaths(paths);
  const target = await targetFrom(options.to, context);
  const { previewLoad } = await import('#engine/door');
  const report = await previewLoad({
    paths: found,
    mapping,
    target,
    rows: options.rows,
    signal: context.interrupts.signal,
    ...(options.schema !== undefined && { schema: options.schema }),
    ...(options.onConflict !== undefined && { onConflict: options.onConflict }),
    ...(options.limit !== undefined && { limitFiles: options.limit }),
  });
  if (options.json) await printJson(context, report);
  else await context.terminal.out(renderPreview(report));
  return report.rejects.total > 0 || report.files.failed > 0 ? EXIT.doneWithRejects : EXIT.done;
}
