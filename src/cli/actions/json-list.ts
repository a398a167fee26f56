import { toErrorFacts } from '#contract/errors';
import type { CliContext } from '../context.ts';
import { EXIT, exitCodeOfError } from '../exit-codes.ts';
import { renderError } from '../render/error-text.ts';

interface ListDocument {
  /** What stands before the list. */
  readonly head: Readonly<Record<string, unknown>>;
  /** What the list is called. */
  readonly name: string;
}

export interface WrittenList {
  /** The exit code. */
  readonly code: number;
  /** Entries that were written. */
  readonly total: number;
}

/**
 * Streams `{ …head, name: […], total }`. A failure before the first entry is thrown; after it the document is ended with
 * what is known and the error, so that it stays the only one.
 */
export async function writeJsonList(
  { terminal, interrupts }: CliContext,
  { head, name }: ListDocument,
  list: AsyncIterable<unknown>,
): Promise<WrittenList> {
  const entries = list[Symbol.asyncIterator]();
  let next = await entries.next();
  let total = 0;
  let flowing = await terminal.out(`{\n${membersOf(head)}  "${name}": [`);
  try {
    while (!next.done && flowing) {
      flowing = await terminal.out(`${total === 0 ? '' : ','}\n    ${JSON.stringify(next.value)}`);
      total += 1;
      next = await entries.next();
    }
    await entries.return?.();
  } catch (thrown) {
    const facts = toErrorFacts(thrown);
    const { aborted } = interrupts.signal;
    const end = aborted ? '"state": "cancelled"' : `"error": ${JSON.stringify(facts)}`;
    await terminal.out(`\n  ],\n  "total": ${total},\n  ${end}\n}\n`);
    terminal.err(aborted ? 'Cancelled.\n' : renderError(facts, terminal.colour));
    return { code: aborted ? EXIT.cancelled : exitCodeOfError(facts.code), total };
  }
  await terminal.out(`${total === 0 ? '' : '\n  '}],\n  "total": ${total}\n}\n`);
  return { code: EXIT.done, total };
}

function membersOf(head: ListDocument['head']): string {
  const members = Object.entries(head).map(([name, value]) => {
    const json = JSON.stringify(value, null, 2).replaceAll('\n', '\n  ');
    return `  ${JSON.stringify(name)}: ${json},\n`;
  });
  return members.join('');
}
