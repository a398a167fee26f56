import type { EstimateRequest, LoadEstimate } from '#contract/api/estimates';
import { canonicalJson } from '#contract/canonical-json';
import type { ConnectionRef } from '#contract/connection';

/** A load that went through in one run, as the ledger knows it. */
export interface PastLoad {
  readonly mapping: string;
  readonly format: string;
  readonly connection: ConnectionRef;
  readonly bytes: number;
  readonly seconds: number;
}

/** Smaller loads are mostly beginning and end: they say little about a large one. */
export const LEAST_BYTES = 5_000_000;
/** Processes start, files are found, tables looked at, whatever the size. */
const START_SECONDS = 1.5;
/** Of the newest so many: machines and targets change. */
const MOST_LOADS = 10;
/** Bytes per second where nothing is known yet: from dossiers into filled tables to one large CSV file. */
const DEFAULT_SPEEDS = { slow: 4_000_000, fast: 16_000_000 };
/** How far beyond what was seen it may be: little after several loads of the same kind, much after one of another. */
const MARGINS = { several: 1.15, few: 1.4, otherKind: 1.6 };
const SEVERAL = 3;

/**
 * How long a load will take: by the speed of the same mapping into the same database, else of the same format, else by
 * figures of our own. As coarse as it is uncertain.
 * @param past newest first
 */
export function estimateLoad(past: readonly PastLoad[], request: EstimateRequest): LoadEstimate {
  const connection = canonicalJson(request.connection);
  const known = past.filter(({ bytes, seconds }) => bytes >= LEAST_BYTES && seconds > 0);
  const ofFormat = known.filter(({ format }) => format === request.format);
  const same = ofFormat.filter(
    (load) => load.mapping === request.mapping && canonicalJson(load.connection) === connection,
  );
  const basis = same.length > 0 ? 'mapping' : ofFormat.length > 0 ? 'format' : 'default';
  const loads = (basis === 'mapping' ? same : ofFormat).slice(0, MOST_LOADS);
  const { slow, fast } = basis === 'default' ? DEFAULT_SPEEDS : speeds(loads, basis === 'mapping');
  const low = coarse(START_SECONDS + request.bytes / fast, Math.floor);
  return {
    low,
    high: Math.max(low, coarse(START_SECONDS + request.bytes / slow, Math.ceil)),
    basis,
    loads: loads.length,
  };
}

function speeds(loads: readonly PastLoad[], sameKind: boolean): typeof DEFAULT_SPEEDS {
  const sorted = loads.map(speedOf).toSorted((one, other) => one - other);
  const isMany = sorted.length >= SEVERAL;
  const margin = sameKind ? (isMany ? MARGINS.several : MARGINS.few) : MARGINS.otherKind;
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? DEFAULT_SPEEDS.slow;
  // One load among several that had to wait for something does not count for all.
  return { slow: at(isMany ? 0.2 : 0) / margin, fast: at(isMany ? 0.8 : 1) * margin };
}

function speedOf({ bytes, seconds }: PastLoad): number {
  return bytes / Math.max(seconds - START_SECONDS, seconds / 4);
}

/** In steps of a few seconds, of minutes, of half hours; never none. */
function coarse(seconds: number, round: (steps: number) => number): number {
  const step = seconds < 60 ? 5 : seconds < 600 ? 60 : seconds < 3_600 ? 300 : 1_800;
  return Math.max(5, round(seconds / step) * step);
}
