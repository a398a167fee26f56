import type { ConnectionRef, ConnectionTarget } from '#contract/connection';
import type { ServerSession } from '#engine/door';
import type { CliContext } from '../context.ts';

/** The server a command works on: what the ledger may keep of it, and the secret it must not keep. */
export interface ChosenServer {
  readonly ref: ConnectionRef;
  readonly password?: string;
}

/** A URL, or the name of a saved connection. @throws LoadstoneError USAGE, CONNECTION_NOT_FOUND, SECRETS_UNAVAILABLE */
export async function serverFrom(to: string | undefined, context: CliContext): Promise<ChosenServer> {
  if (to === undefined) return { ref: { kind: 'embedded' } };
  if (!/^postgres(ql)?:/i.test(to)) return savedServer(to, context);
  const { parseServerUrl } = await import('#engine/door');
  const { ref, password, warning } = parseServerUrl(to, context.env);
  if (warning !== undefined) context.terminal.err(`Note: ${warning}\n`);
  return { ref, ...(password !== undefined && { password }) };
}

async function savedServer(name: string, { env, terminal }: CliContext): Promise<ChosenServer> {
  const [{ findConnection }, { loadstoneHome }] = await Promise.all([
    import('#host/connections/find-connection'),
    import('#host/loadstone-home'),
  ]);
  const { ref, password, note } = await findConnection(loadstoneHome(env), name, env);
  if (note !== undefined) terminal.err(`Note: ${note}\n`);
  return { ref, ...(password !== undefined && { password }) };
}

/** @returns how to reach the server now; starts the embedded one when it is that. */
export async function reach(
  { ref, password }: ChosenServer,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<ConnectionTarget> {
  const [{ resolveTarget }, { loadstoneHome }] = await Promise.all([
    import('#engine/door'),
    import('#host/loadstone-home'),
  ]);
  const known = password ?? passwordOfEnvironment(ref, env);
  return resolveTarget(ref, { home: loadstoneHome(env), env, signal, password: known });
}

/** Workers do not get the environment, so what it says must stand in the target; a variable named in the URL goes first. */
function passwordOfEnvironment(ref: ConnectionRef, env: NodeJS.ProcessEnv): string | undefined {
  return ref.kind === 'server' && ref.passwordVariable === undefined ? env.PGPASSWORD || undefined : undefined;
}

/** Runs a piece of work over one connection of this process. */
export async function onServer<T>(
  { env, interrupts }: CliContext,
  server: ChosenServer,
  work: (session: ServerSession) => Promise<T>,
): Promise<T> {
  const target = await reach(server, env, interrupts.signal);
  const { DirectSession } = await import('#engine/door');
  const session = new DirectSession(target);
  return work(session).finally(() => session.close());
}

/** The same on the server of a job, whose password may be saved. */
export async function onServerOf<T>(
  context: CliContext,
  ref: ConnectionRef,
  work: (session: ServerSession) => Promise<T>,
): Promise<T> {
  const { loadstoneHome } = await import('#host/loadstone-home');
  return onServer(context, await savedLogin(loadstoneHome(context.env), ref, context.env), work);
}

/** A job of the window goes to a server whose password may be saved with a key of the environment. */
export async function savedLogin(home: string, ref: ConnectionRef, env: NodeJS.ProcessEnv): Promise<ChosenServer> {
  if (ref.kind === 'embedded' || ref.passwordVariable !== undefined) return { ref };
  const { findSavedPassword } = await import('#host/connections/find-connection');
  const password = await findSavedPassword(home, ref, env);
  return { ref, ...(password !== undefined && { password }) };
}

export async function targetFrom(to: string | undefined, context: CliContext): Promise<ConnectionTarget> {
  return reach(await serverFrom(to, context), context.env, context.interrupts.signal);
}
