import type { ConnectionRef, ConnectionTarget } from '#contract/connection';
import type { CliContext } from '../context.ts';
import { usage } from './values.ts';

/** The server a command works on: what the ledger may keep of it, and the secret it must not keep. */
export interface ChosenServer {
  readonly ref: ConnectionRef;
  readonly password?: string;
}

/** @throws LoadstoneError USAGE for a URL that is none, and for a name: saved connections come with the window. */
export async function serverFrom(to: string | undefined, context: CliContext): Promise<ChosenServer> {
  if (to === undefined) return { ref: { kind: 'embedded' } };
  if (!/^postgres(ql)?:/i.test(to)) {
    throw usage(
      `--to does not accept "${to}": there is no connection of this name.`,
      'Give a URL as postgres://user@host:5432/database, or leave it out for the embedded database.',
    );
  }
  const { parseServerUrl } = await import('#engine/door');
  const { ref, password, warning } = parseServerUrl(to, context.env);
  if (warning !== undefined) context.terminal.err(`Note: ${warning}\n`);
  return { ref, ...(password !== undefined && { password }) };
}

/** @returns how to reach the server now; starts the embedded one when it is that. */
export async function reach(
  { ref, password }: ChosenServer,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<ConnectionTarget> {
  const { loadstoneHome, resolveTarget } = await import('#engine/door');
  const known = password ?? passwordOfEnvironment(ref, env);
  return resolveTarget(ref, { home: loadstoneHome(env), env, signal, password: known });
}

/** Workers do not get the environment, so what it says must stand in the target; a variable named in the URL goes first. */
function passwordOfEnvironment(ref: ConnectionRef, env: NodeJS.ProcessEnv): string | undefined {
  return ref.kind === 'server' && ref.passwordVariable === undefined ? env.PGPASSWORD || undefined : undefined;
}

export async function targetFrom(to: string | undefined, context: CliContext): Promise<ConnectionTarget> {
  return reach(await serverFrom(to, context), context.env, context.interrupts.signal);
}
