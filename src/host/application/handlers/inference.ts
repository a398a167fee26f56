import type { InferEvent, InferRequest } from '#contract/api/inference';
import type { StageProgress } from '#contract/worker-messages';
import { type Api, asFailed } from '../api.ts';
import type { Services } from '../services.ts';
import { Bell, stream } from '../stream.ts';
import { admitPaths } from './paths.ts';

export function inferenceHandlers({ sources: api }: Api, services: Services) {
  const { options, closing, inquiries } = services;
  return {
    detect: api.detect.handler(async ({ input: { paths }, signal }) => {
      await admitPaths(options.shell, paths);
      return inquiries.ask<'source.detect'>({ kind: 'source.detect', paths }, { signal });
    }),
    dialect: api.dialect.handler(async ({ input: request, signal }) => {
      await admitPaths(options.shell, request.paths);
      return inquiries.ask<'source.dialect'>({ kind: 'source.dialect', request }, { signal });
    }),
    infer: api.infer.handler(async ({ input, signal }) => {
      await admitPaths(options.shell, input.paths);
      return stream(
        [signal, closing],
        (left) => infer(services, input, left),
        (thrown) => asFailed(thrown, options.log, 'sources.infer'),
      );
    }),
  };
}

/** Progress as far as the client keeps up with it, then the mapping. The client's leaving cancels. */
async function* infer(
  { inquiries }: Services,
  request: InferRequest,
  signal: AbortSignal,
): AsyncGenerator<InferEvent, void> {
  const bell = new Bell();
  const progress = { files: { done: 0, total: 0 }, bytes: { done: 0, total: 0 } };
  const onProgress = ({ phase, files = 0, bytes = 0 }: StageProgress) => {
    const part = phase === 'scan' ? 'total' : 'done';
    progress.files[part] += files;
    progress.bytes[part] += bytes;
    bell.ring();
  };
  const state = { over: false };
  const inferred = inquiries
    .ask<'source.infer'>({ kind: 'source.infer', request }, { signal, onProgress })
    .finally(() => {
      state.over = true;
      bell.ring();
    });
  inferred.catch(() => {});
  while (await bell.wait(signal)) {
    if (state.over) break;
    yield { type: 'progress', files: { ...progress.files }, bytes: { ...progress.bytes } };
  }
  if (!signal.aborted) yield { type: 'inferred', ...(await inferred) };
}
