import { CommanderError } from 'commander';
import { type ErrorFacts, LoadstoneError, toErrorFacts } from '#contract/errors';
import { type CliContext, printJson } from './context.ts';
import { EXIT, exitCodeOfError } from './exit-codes.ts';
import { buildProgram } from './program.ts';
import { renderError } from './render/error-text.ts';

/** What the words themselves ask for, also where they cannot be parsed. */
interface Wish {
  readonly json: boolean;
  readonly stack: boolean;
}

function wishOf(words: readonly string[]): Wish {
  const end = words.indexOf('--');
  const options = end < 0 ? words : words.slice(0, end);
  const level = options.find((word) => word.startsWith('--log-level='))?.slice('--log-level='.length);
  return {
    json: options.includes('--json'),
    stack:
      (level ?? options[options.indexOf('--log-level') + 1]) === 'debug' &&
      options.some((word) => word.startsWith('--log-level')),
  };
}

/** Commander's complaint as ours: what is wrong, and where the right words stand. */
function usageOf(error: CommanderError, command: string): LoadstoneError {
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const hint = rest
    .join(' ')
    .replace(/^\(|\)$/g, '')
    .trim();
  return new LoadstoneError({
    code: 'USAGE',
    message: `${first.charAt(0).toUpperCase()}${first.slice(1).replace(/\.?$/, '.')}`,
    remedy: `${hint === '' ? '' : `${hint} `}See "loadstone ${command}--help".`,
    cause: error,
  });
}

/** A command without its second word: commander has shown the help already. */
function incomplete(words: readonly string[]): LoadstoneError {
  return new LoadstoneError({
    code: 'USAGE',
    message: `"${['loadstone', ...words].join(' ')}" is not complete.`,
    remedy: 'Add one of the commands listed in its help.',
  });
}

/** Help and the version are asked for, not failures. */
function isAskedFor(error: CommanderError): boolean {
  return error.exitCode === 0;
}

async function tellFailure(context: CliContext, facts: ErrorFacts, wish: Wish, thrown: unknown): Promise<number> {
  const stack = wish.stack && thrown instanceof Error ? thrown.stack : undefined;
  context.terminal.err(renderError(facts, context.terminal.colour, stack));
  if (wish.json) await printJson(context, { error: facts });
  return exitCodeOfError(facts.code);
}

async function tellCancelled(context: CliContext, wish: Wish): Promise<number> {
  context.terminal.err('Cancelled.\n');
  if (wish.json) await printJson(context, { state: 'cancelled' });
  return EXIT.cancelled;
}

/**
 * Runs one command to its end.
 * @param words the arguments after the program's name
 * @returns the exit code as cli.md fixes it
 */
export async function runCli(words: readonly string[], context: CliContext): Promise<number> {
  const wish = wishOf(words);
  let code: number = EXIT.done;
  const program = buildProgram(context, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      if (isAskedFor(thrown)) return EXIT.done;
      const command = commandWords(
        words,
        program.commands.map((known) => known.name()),
      );
      const usage = thrown.code === 'commander.help' ? incomplete(words) : usageOf(thrown, command);
      return tellFailure(context, usage.toFacts(), wish, thrown);
    }
    if (context.interrupts.signal.aborted) return tellCancelled(context, wish);
    return tellFailure(context, toErrorFacts(thrown), wish, thrown);
  }
}

/** The command whose help explains the words: `jobs `, or nothing. */
function commandWords(words: readonly string[], commands: readonly string[]): string {
  const [first] = words;
  return first !== undefined && commands.includes(first) ? `${first} ` : '';
}
