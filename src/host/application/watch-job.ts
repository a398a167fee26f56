import type { JobDetail, JobWatchEvent, LogLine } from '#contract/api/job-views';
import type { JobProgress } from '#contract/jobs';
import { OWNED_STATES } from '../jobs/job-record.ts';
import { LogTail } from '../log-tail.ts';
import { jobDetail } from './job-detail.ts';
import type { Services } from './services.ts';
import { Bell } from './stream.ts';

/** How often the log file is looked at while somebody watches. */
const LOG_LOOK_MS = 500;

/**
 * One watcher's events: the snapshot, then what changes, until the job's end was told. It listens before it looks, so
 * nothing is lost between the two; of what a slow client did not fetch only the newest is kept.
 */
export async function* watchJob(
  services: Services,
  number: number,
  signal: AbortSignal,
): AsyncGenerator<JobWatchEvent, void> {
  const { host, options } = services;
  const bell = new Bell();
  const news = new JobNews(services, number, bell);
  const tail = new LogTail(options.home, number);
  const timer = setInterval(() => news.logIsDue(), LOG_LOOK_MS);
  try {
    const log = await tail.last();
    news.forget();
    const detail = jobDetail(services, number);
    const live = host.live(number);
    yield { type: 'snapshot', detail, progress: live?.progress ?? null, history: live?.history ?? [], log };
    if (isOver(detail)) return;
    while (await bell.wait(signal)) {
      const { progress, changed, logDue } = news.take();
      const now = changed ? jobDetail(services, number) : undefined;
      const over = now !== undefined && isOver(now);
      if (logDue || over) yield* told(await tail.more());
      if (progress) yield { type: 'progress', progress };
      if (now) yield { type: 'changed', detail: now };
      if (over) return;
    }
  } finally {
    clearInterval(timer);
    news.close();
    await tail.close();
  }
}

function told(lines: readonly LogLine[]): readonly JobWatchEvent[] {
  return lines.length === 0 ? [] : [{ type: 'log', lines }];
}

function isOver({ job }: JobDetail): boolean {
  return !OWNED_STATES.includes(job.state) && job.busyWith === null;
}

interface News {
  readonly progress: JobProgress | undefined;
  readonly changed: boolean;
  readonly logDue: boolean;
}

const NOTHING: News = { progress: undefined, changed: false, logDue: false };

/** What happened to one job since it was last asked. */
class JobNews {
  readonly #bell: Bell;
  readonly #stopChanges: () => void;
  readonly #stopProgress: () => void;
  #news = NOTHING;

  constructor({ host }: Services, number: number, bell: Bell) {
    this.#bell = bell;
    this.#stopChanges = host.onChange((numbers) => {
      if (numbers.includes(number)) this.#add({ changed: true });
    });
    this.#stopProgress = host.onProgress(number, (progress) => this.#add({ progress }));
  }

  logIsDue(): void {
    this.#add({ logDue: true });
  }

  take(): News {
    const news = this.#news;
    this.#news = NOTHING;
    return news;
  }

  /** What a snapshot taken now says better. */
  forget(): void {
    this.take();
  }

  close(): void {
    this.#stopChanges();
    this.#stopProgress();
  }

  #add(news: Partial<News>): void {
    this.#news = { ...this.#news, ...news };
    this.#bell.ring();
  }
}
