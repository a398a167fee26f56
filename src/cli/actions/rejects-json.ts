import type { RejectRow } from '#contract/api/reject-pages';
import type { CliContext } from '../context.ts';
import { type WrittenList, writeJsonList } from './json-list.ts';

/** Streams `{ job, rejects: […], total }`. */
export function writeJsonOut(
  context: CliContext,
  number: number,
  entries: AsyncIterable<RejectRow>,
): Promise<WrittenList> {
  return writeJsonList(context, { head: { job: String(number) }, name: 'rejects' }, entries);
}
