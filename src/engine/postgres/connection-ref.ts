import type { ConnectionRef, ConnectionTarget } from '#contract/connection';
import { LoadstoneError } from '#contract/errors';
import { ensureEmbedded } from './embedded/embedded.ts';

export interface ResolveOptions {
  /** Folder of the application's local data; see `loadstoneHome`. */
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /** A password known from elsewhere (a URL, the keychain); it goes before the environment. */
  readonly password?: string | undefined;
}

/**
 * How to reach what a job names, starting the embedded server when it is that. Without a password the target has none:
 * PGPASSWORD and .pgpass are then asked when the server wants one.
 * @throws LoadstoneError PASSWORD_MISSING, EMBEDDED_FAILED.
 */
export async function resolveTarget(ref: ConnectionRef, options: ResolveOptions): Promise<ConnectionTarget> {
  if (ref.kind === 'embedded') return await ensureEmbedded(options);
  const { kind: _kind, passwordVariable, ...place } = ref;
  const password = options.password ?? readVariable(passwordVariable, ref, options.env);
  return password === undefined ? place : { ...place, password };
}

/** A URL of the target that psql and pg both accept; it holds the password. */
export function embeddedUrl(target: ConnectionTarget): string {
  const encode = encodeURIComponent;
  const secret = target.password === undefined ? '' : `:${encode(target.password)}`;
  const login = `${encode(target.user)}${secret}`;
  const database = encode(target.database);
  if (target.host.startsWith('/')) {
    return `postgresql://${login}@localhost:${target.port}/${database}?host=${encode(target.host)}`;
  }
  const host = target.host.includes(':') ? `[${target.host}]` : target.host;
  return `postgresql://${login}@${host}:${target.port}/${database}?sslmode=${target.ssl}`;
}

function readVariable(
  name: string | undefined,
  ref: { readonly user: string },
  env: NodeJS.ProcessEnv,
): string | undefined {
  if (name === undefined) return undefined;
  const password = env[name];
  if (password) return password;
  throw new LoadstoneError({
    code: 'PASSWORD_MISSING',
    message: `The password of user ${ref.user} stands in the environment variable ${name}, which is not set.`,
    remedy: `Set ${name}, then try again.`,
  });
}
