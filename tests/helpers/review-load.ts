import type { LoadReport, LoadSpec } from '#contract/load';
import type { MappingInput } from '#contract/mapping';
import type { Approval } from '#contract/review';
import { checkLoad, finishLoad, prepareLoad, stageChunks } from '#engine/door';
import { DirectSession } from '#engine/load/direct-session';
import type { TestDatabase } from '#tests/helpers/database';
import { type LoadChanges, loadSpec } from '#tests/helpers/run-load';

/** A load that was staged and checked in this process, and waits. */
export interface WaitingLoad {
  readonly spec: LoadSpec;
  readonly report: LoadReport;
  readonly reviewId: string;
}

type Target = Pick<TestDatabase, 'target'>;

const ignore = () => undefined;

function runOf(spec: LoadSpec) {
  const signal = AbortSignal.timeout(60_000);
  return { spec, signal, onRetry: ignore, onProgress: ignore, onTiming: ignore };
}

/** Stages and checks. @throws what the load ends with. */
export async function stageForReview(
  { target }: Target,
  paths: string | readonly string[],
  mapping: MappingInput,
  changes: LoadChanges = {},
): Promise<WaitingLoad> {
  const spec = loadSpec(paths, mapping, { review: true, ...changes });
  const session = new DirectSession(target);
  const run = runOf(spec);
  try {
    const { fence, chunks } = await prepareLoad(session, { ...run, resume: false });
    const waiting = [...chunks];
    await stageChunks(session, { ...run, fence, nextChunk: async () => waiting.shift() ?? null });
    const report = await checkLoad(session, { ...run, fence, startedAt: Date.now() });
    return waitingOf(spec, report);
  } finally {
    await session.close();
  }
}

function waitingOf(spec: LoadSpec, report: LoadReport): WaitingLoad {
  if (report.review === undefined) throw new Error(`the load does not wait: ${report.state}`);
  return { spec, report, reviewId: report.review.id };
}

/** Merges as an approved job does. A report that waits again has another review. */
export async function mergeReviewed(
  { target }: Target,
  { spec, reviewId }: Pick<WaitingLoad, 'spec' | 'reviewId'>,
  wish: Partial<Approval> = {},
): Promise<LoadReport> {
  const session = new DirectSession(target);
  const run = runOf(spec);
  const approval: Approval = { reviewId, acceptMoved: false, at: new Date().toISOString(), ...wish };
  try {
    const { fence, merged, waiting, chunks } = await prepareLoad(session, { ...run, resume: true, approval });
    if (chunks.length > 0) throw new Error('a reviewed load has nothing to stage');
    return merged ?? waiting ?? (await finishLoad(session, { ...run, fence, approval, startedAt: Date.now() }));
  } finally {
    await session.close();
  }
}
