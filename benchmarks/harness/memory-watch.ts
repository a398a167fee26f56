import type { ProcessMemory } from './memory-result.ts';
import { descendantsOf, readProc } from './proc.ts';
import { slopeOf } from './statistics.ts';

const SAMPLE_MS = 200;
const MOST_POINTS = 60;
const WORKER_ENTRY = /worker[\w-]*\.[cm]?[jt]s/;
/** Rising more than this share of the median, and more than the garbage collector's usual waves, is not flat. */
const FLAT_SHARE = 0.1;
const FLAT_MEGABYTES = 25;
/** A process seen less often says nothing about a course. */
const LEAST_SAMPLES = 3;

interface Watched {
  role: ProcessMemory['role'];
  readonly samples: (readonly [seconds: number, megabytes: number])[];
}

export interface Watch {
  /** All processes together, sample by sample. */
  readonly totals: readonly (readonly [seconds: number, megabytes: number])[];
  stop(): readonly ProcessMemory[];
}

/** Reads the resident memory of all Node processes below `root` from /proc until stopped. */
export function watchDescendants(root: number): Watch {
  const start = Date.now();
  const watched = new Map<number, Watched>();
  const totals: (readonly [number, number])[] = [];
  const sample = (): void => {
    let total = 0;
    for (const pid of descendantsOf(root)) {
      const megabytes = residentMegabytes(pid);
      const command = readProc(pid, 'cmdline');
      if (megabytes === null || command === null || !/\bnode\b/.test(command.split('\0')[0] ?? '')) continue;
      const known = watched.get(pid) ?? { role: 'host', samples: [] };
      known.role = WORKER_ENTRY.test(command) ? 'worker' : 'host';
      known.samples.push([(Date.now() - start) / 1000, megabytes]);
      watched.set(pid, known);
      total += megabytes;
    }
    if (total > 0) totals.push([(Date.now() - start) / 1000, total]);
  };
  const timer = setInterval(sample, SAMPLE_MS);
  return {
    totals,
    stop() {
      clearInterval(timer);
      return [...watched.values()].filter(({ samples }) => samples.length >= LEAST_SAMPLES).map(judge);
    },
  };
}

function judge({ role, samples }: Watched): ProcessMemory {
  const half = samples.slice(Math.floor(samples.length / 2));
  const sorted = half.map(([, megabytes]) => megabytes).toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const growth = slopeOf(half) * (half.at(-1)![0] - half[0]![0]);
  const step = Math.ceil(samples.length / MOST_POINTS);
  return {
    role,
    samples: samples.length,
    maxMegabytes: Math.max(...samples.map(([, megabytes]) => megabytes)),
    secondHalfMegabytes: median,
    growthMegabytes: growth,
    flat: growth <= Math.max(FLAT_MEGABYTES, median * FLAT_SHARE),
    course: samples.filter((_, at) => at % step === 0),
  };
}

function residentMegabytes(pid: number): number | null {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readProc(pid, 'status') ?? '')?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}
