import type { Machine } from './machine.ts';
import { spread, table, whole } from './markdown.ts';
import { loadAtTheStart } from './report-csv.ts';
import type { CheckRun, PageTimes } from './review-result.ts';
import { summarise } from './statistics.ts';

export interface ReviewFile {
  readonly machine: Machine;
  readonly limitMegabytes: number;
  readonly rows: number;
  readonly conflicts: number;
  readonly rounds: number;
  readonly runs: readonly (readonly [contender: string, runs: readonly CheckRun[]])[];
  readonly pages: readonly PageTimes[];
}

export function reviewPart({ machine, limitMegabytes, rows, conflicts, rounds, runs, pages }: ReviewFile): string {
  const peer = runs.at(-1)?.[1] ?? [];
  const limit = summarise(peer.map(({ seconds }) => seconds)).median;
  const raced = runs.map(([name, all]) => {
    const seconds = summarise(all.map((run) => run.seconds));
    return [name, spread(seconds), (limit / seconds.median).toFixed(2), mostMegabytes(all)];
  });
  const shown = pages.map((page) => [
    whole(page.conflicts),
    page.first.toFixed(1),
    page.middle.toFixed(1),
    page.filtered.toFixed(1),
  ]);
  const about = `${whole(rows)} rows in one CSV file against the same in the table, ${whole(conflicts)} of them with other values, ${rounds} rounds in turn; every contender found that many. Loadstone also rejects, judges references and repeated keys, keeps both versions with file and line, and makes all of it survive a crash of the server. ${loadAtTheStart(machine)}`;
  return [
    `## Review of conflicts\n\n${about}`,
    table(['', 'seconds, whole run', 'speed, psql = 1', `most MB of a worker (limit ${limitMegabytes})`], raced),
    'How soon 50 conflicts are shown, in milliseconds, on a warm connection (median of ten):',
    table(['conflicts', 'first page', 'page in the middle', 'first page of a filter on values'], shown),
  ].join('\n\n');
}

function mostMegabytes(runs: readonly CheckRun[]): string {
  const all = runs.flatMap(({ processes }) => processes.filter(({ role }) => role === 'worker'));
  return all.length === 0 ? '' : whole(Math.max(...all.map(({ maxMegabytes }) => maxMegabytes)));
}
