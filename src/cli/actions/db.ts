import { type CliContext, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import type { OutputOptions } from '../options/common.ts';

type DbCommand = 'start' | 'stop' | 'status' | 'url';

/** What a `db` command found or did: a line for people, a document for programs. */
interface Answer {
  readonly text: string;
  readonly document: Readonly<Record<string, unknown>>;
}

export async function runDb(context: CliContext, command: DbCommand, options: OutputOptions): Promise<number> {
  const { text, document } = await answer(context, command);
  if (options.json) await printJson(context, document);
  else if (command === 'url' || command === 'status') await context.terminal.out(text);
  else context.terminal.err(text);
  return EXIT.done;
}

async function answer(context: CliContext, command: DbCommand): Promise<Answer> {
  switch (command) {
    case 'start':
      return start(context);
    case 'stop':
      return stop(context);
    case 'status':
      return status(context);
    case 'url':
      return url(context);
    default:
      return command satisfies never;
  }
}

async function place(context: CliContext) {
  const [door, { loadstoneHome }] = await Promise.all([import('#engine/door'), import('#host/loadstone-home')]);
  return { door, at: { home: loadstoneHome(context.env), signal: context.interrupts.signal } };
}

async function start(context: CliContext): Promise<Answer> {
  const { door, at } = await place(context);
  const before = await door.embeddedStatus(at);
  await door.ensureEmbedded(at);
  const { pid } = await door.embeddedStatus(at);
  const already = before.state === 'running';
  return {
    text: `The embedded database ${already ? 'runs already' : 'is up'} (process ${pid}). "loadstone db stop" stops it.\n`,
    document: { state: 'running', started: !already, pid },
  };
}

async function stop(context: CliContext): Promise<Answer> {
  const { door, at } = await place(context);
  const stopped = await door.stopEmbedded(at);
  const text = stopped ? 'The embedded database is stopped.\n' : 'The embedded database was not running.\n';
  return { text, document: { state: 'stopped', stopped } };
}

async function status(context: CliContext): Promise<Answer> {
  const { door, at } = await place(context);
  const { state, pid, dataFolder, logFile, target } = await door.embeddedStatus(at);
  const where = target && { host: target.host, port: target.port, database: target.database, user: target.user };
  const facts = { state, pid, ...where, dataFolder, logFile };
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  return { text: known.map(([key, value]) => `${`${key}:`.padEnd(12)}${value}\n`).join(''), document: facts };
}

async function url(context: CliContext): Promise<Answer> {
  const { door, at } = await place(context);
  const text = door.embeddedUrl(await door.ensureEmbedded(at));
  return { text: `${text}\n`, document: { url: text } };
}
