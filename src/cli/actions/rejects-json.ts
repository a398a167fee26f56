import type { RejectRow } from '#contract/api/reject-pages';
import { toErrorFacts } from '#contract/errors';
import type { CliContext } from '../context.ts';
import { EXIT, exitCodeOfError } from '../exit-codes.ts';
import { renderError } from '../render/error-text.ts';

/**
 * Streams `{ job, rejects: […], total }`. A failure before the first reject is thrown; after it the document is ended
 * with what is known and the error, so that it stays the only one.
 * @returns the exit code
 */
export async function writeJsonOut(
  { terminal, interrupts }: CliContext,
  number: number,
  entries: AsyncIterable<RejectRow>,
): Promise<number> {
  const rejects = entries[Symbol.asyncIterator]();
  let next = await rejects.next();
  let total = 0;
  let flowing = await terminal.out(`{\n  "job": "${number}",\n  "rejects": [`);
  try {
    while (!next.done && flowing) {
      flowing = await terminal.out(`${total === 0 ? '' : ','}\n    ${JSON.stringify(next.value)}`);
      total += 1;
      next = await rejects.next();
    }
    await rejects.return?.();
  } catch (thrown) {
    const facts = toErrorFacts(thrown);
    const { aborted } = interrupts.signal;
    const end = aborted ? '"state": "cancelled"' : `"error": ${JSON.stringify(facts)}`;
    await terminal.out(`\n  ],\n  "total": ${total},\n  ${end}\n}\n`);
    terminal.err(aborted ? 'Cancelled.\n' : renderError(facts, terminal.colour));
    return aborted ? EXIT.cancelled : exitCodeOfError(facts.code);
  }
  await terminal.out(`${total === 0 ? '' : '\n  '}],\n  "total": ${total}\n}\n`);
  return EXIT.done;
}
