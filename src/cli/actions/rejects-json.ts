import type { RejectRow } from '#contract/api/reject-pages';
import type { CliContext } from '../context.ts';
import { writeJsonList } from './json-list.ts';

/** Streams `{ job, rejects: […], total }`. @returns the exit code */
export function writeJsonOut(context: CliContext, number: number, entries: AsyncIterable<RejectRow>): Promise<number> {
  return writeJsonList(context, { head: ['job', String(number)], name: 'rejects' }, entries);
}
