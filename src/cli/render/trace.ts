import type { Trace, TraceEvent } from '#contract/api/traces';
import { placeText } from './error-text.ts';
import { counted } from './numbers.ts';
import { localTime } from './times.ts';
import { clip, visible } from './visible.ts';

const WIDEST_VALUE = 60;

/** @returns which loads wrote a row, newest first. */
export function renderTrace(trace: Trace): string {
  const { schema, table, key, found, events, changedSince, forgotten, truncated } = trace;
  const values = Object.entries(key).map(([column, value]) => `${visible(column)}=${visible(value)}`);
  return [
    `${visible(schema)}.${visible(table)}  ${clip(values.join(' '), WIDEST_VALUE)}${found ? '' : '  (is not there now)'}\n`,
    ...(changedSince ? ['  Somebody else changed it after these loads.\n'] : []),
    ...events.map(renderEvent),
    ...(events.length === 0
      ? [`  No load${forgotten === null ? '' : ' that is still kept'} has written this row.\n`]
      : []),
    ...(forgotten === null ? [] : [forgottenText(forgotten)]),
    ...(truncated ? ['  Older loads were not looked at: there are too many.\n'] : []),
  ].join('');
}

function renderEvent(event: TraceEvent): string {
  const { at, act, job, loadId, mapping, path, line, values = [], undone } = event;
  const place = path === undefined ? '' : `  ${placeText({ path, ...(line !== undefined && { line }) })}`;
  const who = job === undefined ? `load ${loadId}` : `job ${job}`;
  const end =
    undone === undefined
      ? ''
      : `  (undone ${localTime(undone.at)}${undone.left === undefined ? '' : ', this row was left as it was'})`;
  const changes = values.map(
    ({ column, old, new: now }) => `      ${visible(column)}: ${valueText(old)} → ${valueText(now)}\n`,
  );
  return `  ${localTime(at)}  ${act} by ${who} (${visible(mapping)})${place}${end}\n${changes.join('')}`;
}

function valueText(value: string | null): string {
  return value === null ? 'null' : `"${clip(visible(value), WIDEST_VALUE)}"`;
}

function forgottenText({ loads, until }: NonNullable<Trace['forgotten']>): string {
  return `  Of ${counted(loads, 'load')} into this table, the newest of ${localTime(until)}, nothing is kept any more: they may have written it.\n`;
}
