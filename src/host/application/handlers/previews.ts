import type { PreviewEvent, PreviewRequest } from '#contract/api/previews';
import type { ConnectionRef } from '#contract/connection';
import type { StageProgress } from '#contract/worker-messages';
import { type Api, asFailed } from '../api.ts';
import type { Services } from '../services.ts';
import { Bell, stream } from '../stream.ts';
import { admitSource } from './paths.ts';

export function previewHandlers({ previews: api }: Api, services: Services) {
  const { options, closing } = services;
  return {
    run: api.run.handler(async ({ input: { connection, request }, signal }) => {
      await admitSource(options.shell, request);
      return stream(
        [signal, closing],
        (left) => preview(services, connection, request, left),
        (thrown) => asFailed(thrown, options.log, 'previews.run'),
      );
    }),
  };
}

/** Progress as far as the client keeps up with it, then the report. The client's leaving cancels. */
async function* preview(
  { inquiries }: Services,
  connection: ConnectionRef,
  request: PreviewRequest,
  signal: AbortSignal,
): AsyncGenerator<PreviewEvent, void> {
  const bell = new Bell();
  const counts = new PreviewCounts();
  const onProgress = (step: StageProgress) => {
    counts.add(step);
    bell.ring();
  };
  const state = { over: false };
  const report = inquiries
    .ask<'load.preview'>({ kind: 'load.preview', connection, request }, { signal, onProgress })
    .finally(() => {
      state.over = true;
      bell.ring();
    });
  report.catch(() => {});
  while (await bell.wait(signal)) {
    if (state.over) break;
    yield { type: 'progress', progress: counts.snapshot() };
  }
  if (!signal.aborted) yield { type: 'report', report: await report };
}

/** Adds up what the worker tells, file by file. */
class PreviewCounts {
  #phase: StageProgress['phase'] = 'scan';
  #found = 0;
  #done = 0;
  #failed = 0;
  #rows = 0;

  add({ phase, files = 0, failedFiles = 0, rows = 0 }: StageProgress): void {
    this.#phase = phase;
    if (phase === 'scan') this.#found += files;
    else this.#done += files;
    this.#failed += failedFiles;
    this.#rows += rows;
  }

  snapshot(): Extract<PreviewEvent, { type: 'progress' }>['progress'] {
    const total = Math.max(this.#found, this.#done);
    return { phase: this.#phase, files: { done: this.#done, total, failed: this.#failed }, rows: this.#rows };
  }
}
