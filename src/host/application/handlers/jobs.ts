import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { isCancelled } from '#host/cancel-switch';
import { OWNED_STATES } from '#host/jobs/job-record';
import { type Api, asFailed } from '../api.ts';
import { jobDetail } from '../job-detail.ts';
import type { Services } from '../services.ts';
import { stream } from '../stream.ts';
import { watchJob } from '../watch-job.ts';
import { admitSource } from './paths.ts';
import { assertSeen } from './reviews.ts';

export function jobHandlers({ jobs: api }: Api, services: Services) {
  const { host, jobs, leaving, closing, options } = services;
  return {
    list: api.list.handler(({ input }) => jobs.find(input)),
    start: api.start.handler(async ({ input }) => {
      const { loadId = randomUUID(), workers = defaultWorkers(services) } = input;
      const begun = jobs.ofOrder(loadId);
      if (begun) return begun;
      await admitSource(options.shell, input);
      leaving.throwIfAborted();
      // The same order may have come again meanwhile; from here to the job nothing is waited for.
      return jobs.ofOrder(loadId) ?? jobs.get(host.startLoad({ ...input, loadId, workers }).number);
    }),
    estimate: api.estimate.handler(({ input }) => jobs.estimate(input)),
    show: api.show.handler(({ input: { number } }) => jobDetail(services, number)),
    watch: api.watch.handler(({ input: { number }, signal }) => {
      // An unknown job is a failure of the request, not of its stream.
      jobs.get(number);
      return stream(
        [signal, closing],
        (left) => watchJob(services, number, left),
        (thrown) => asFailed(thrown, options.log, 'jobs.watch'),
      );
    }),
    cancel: api.cancel.handler(({ input: { number } }) => {
      host.askCancel(number);
      return null;
    }),
    resume: api.resume.handler(({ input: { number } }) => {
      leaving.throwIfAborted();
      return jobs.get(host.resume(number).number);
    }),
    merge: api.merge.handler(async ({ input: { number, ...wish } }) => {
      leaving.throwIfAborted();
      if (isMerging(services, number)) return jobs.get(number);
      try {
        await assertSeen(services, number, wish.revision);
      } catch (thrown) {
        // The same wish may have come again and been fulfilled meanwhile.
        if (isMerged(services, number)) return jobs.get(number);
        throw thrown;
      }
      leaving.throwIfAborted();
      // The same wish may have come again meanwhile; from here to the job nothing is waited for.
      return jobs.get(isMerging(services, number) ? number : host.merge(number, wish).number);
    }),
    // A window that is closed meanwhile does not stop these: half of an undo helps nobody.
    discard: api.discard.handler(async ({ input: { number } }) => {
      leaving.throwIfAborted();
      await host.discard(number);
      return null;
    }),
    undo: api.undo.handler(async ({ input: { number } }) => {
      leaving.throwIfAborted();
      try {
        const { tables, sample } = await host.undo(number);
        return { tables: { ...tables }, sample };
      } catch (thrown) {
        if (isCancelled(thrown) && !leaving.aborted) return null;
        throw thrown;
      }
    }),
  };
}

function isMerged({ jobs }: Services, number: number): boolean {
  const { state } = jobs.get(number);
  return state === 'succeeded' || state === 'succeeded_with_rejects';
}

function isMerging({ host }: Services, number: number): boolean {
  const { job } = host.showJob(number);
  return job.kind === 'load' && job.approval !== null && OWNED_STATES.includes(job.state);
}

/** One per core, or as the user set it; the lead keeps one connection for its lock and its merge. */
function defaultWorkers({ settings, jobLeases }: Services): number {
  return Math.max(1, Math.min(settings.read().workers ?? availableParallelism(), jobLeases - 1));
}
