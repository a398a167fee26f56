import type { PreviewRequest } from '#contract/api/previews';
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
  const { DirectSession, previewLoad } = await import('#engine/door');
  const session = new DirectSession(target);
  const request: PreviewRequest = {
    paths: [...found],
    mapping,
    rows: options.rows,
    ...(options.schema !== undefined && { schema: options.schema }),
    ...(options.onConflict !== undefined && { onConflict: options.onConflict }),
    ...(options.limit !== undefined && { limitFiles: options.limit }),
  };
  const { signal } = context.interrupts;
  const report = await previewLoad(session, { request, signal }).finally(() => session.close());
  if (options.json) await printJson(context, report);
  else await context.terminal.out(renderPreview(report));
  return report.rejects.total > 0 || report.files.failed > 0 ? EXIT.doneWithRejects : EXIT.done;
}
