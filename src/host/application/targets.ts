import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectionRef, ConnectionTarget } from '#contract/connection';
import { LoadstoneError } from '#contract/errors';
import type { TaskOf } from '#contract/worker-messages';
import type { ServerRef } from '../connections/connection-store.ts';
import type { Log } from '../log.ts';

interface TargetsOptions {
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
  /** The password saved for a login. */
  readonly savedPassword: (ref: ServerRef) => Promise<string | undefined>;
  /** Asks a worker, which may start the embedded server. */
  readonly resolve: (task: TaskOf<'server.resolve'>) => Promise<ConnectionTarget>;
}

/**
 * How servers are reached. The embedded one is greeted by a worker, which starts it when it is down; after that its
 * target is remembered until somebody finds it gone, because a greeting for each lease would be a round trip for each.
 * Passwords are asked for anew each time: they may be saved, changed or taken away meanwhile.
 */
export class Targets {
  readonly #options: TargetsOptions;
  #embedded: Promise<ConnectionTarget> | undefined;
  #greeting: Promise<ConnectionTarget> | undefined;
  #startedEmbedded = false;

  constructor(options: TargetsOptions) {
    this.#options = options;
  }

  /** Whether the embedded server runs because this host wanted it. */
  get startedEmbedded(): boolean {
    return this.#startedEmbedded;
  }

  /** @throws PASSWORD_MISSING, EMBEDDED_FAILED, SECRETS_UNAVAILABLE */
  resolve(ref: ConnectionRef, { greet = false }: { readonly greet?: boolean } = {}): Promise<ConnectionTarget> {
    if (ref.kind === 'server') return this.#server(ref);
    if (!greet && this.#embedded) return this.#embedded;
    this.#greeting ??= this.#greet().finally(() => {
      this.#greeting = undefined;
    });
    return this.#greeting;
  }

  /** A connection to it was refused or lost. */
  forget(ref: ConnectionRef): void {
    if (ref.kind === 'embedded') this.#embedded = undefined;
  }

  /** What the environment says; a variable named with the server stands in for PGPASSWORD. */
  environmentPassword(ref: ServerRef): string | undefined {
    return this.#options.env[ref.passwordVariable ?? 'PGPASSWORD'] || undefined;
  }

  /** The password that is known here for a login; a worker looks into .pgpass when there is none. */
  async #password(ref: ServerRef): Promise<string | undefined> {
    const fromEnvironment = this.environmentPassword(ref);
    if (ref.passwordVariable !== undefined && fromEnvironment !== undefined) return fromEnvironment;
    try {
      return (await this.#options.savedPassword(ref)) ?? fromEnvironment;
    } catch (err) {
      if (fromEnvironment === undefined) throw err;
      this.#options.log.warn({ err }, 'the saved password could not be opened; PGPASSWORD is used');
      return fromEnvironment;
    }
  }

  async #server(ref: ServerRef): Promise<ConnectionTarget> {
    const { kind: _kind, passwordVariable, ...place } = ref;
    const password = await this.#password(ref);
    if (password !== undefined) return { ...place, password };
    if (passwordVariable !== undefined) throw variableMissing(ref.user, passwordVariable);
    return place;
  }

  async #greet(): Promise<ConnectionTarget> {
    const { home, resolve } = this.#options;
    const askedAt = Date.now();
    this.#embedded = undefined;
    const target = await resolve({ kind: 'server.resolve', server: { kind: 'embedded' }, home });
    this.#embedded = Promise.resolve(target);
    const startedAt = await startOf(home, target);
    if (startedAt !== undefined && startedAt >= Math.floor(askedAt / 1000)) this.#startedEmbedded = true;
    return target;
  }
}

/** When the embedded server started, in seconds: the third line of the lock it keeps beside its socket or in its data. */
async function startOf(home: string, target: ConnectionTarget): Promise<number | undefined> {
  const isSocket = target.host.startsWith('/');
  const lock = isSocket
    ? join(target.host, `.s.PGSQL.${target.port}.lock`)
    : join(home, 'postgres', 'data', 'postmaster.pid');
  try {
    const seconds = Number((await readFile(lock, 'utf8')).split('\n')[2]);
    return Number.isInteger(seconds) && seconds > 0 ? seconds : undefined;
  } catch {
    return undefined;
  }
}

function variableMissing(user: string, variable: string): LoadstoneError {
  return new LoadstoneError({
    code: 'PASSWORD_MISSING',
    message: `The password of user ${user} stands in the environment variable ${variable}, which is not set where Loadstone runs.`,
    remedy: `Start Loadstone with ${variable} set, then try again.`,
  });
}
