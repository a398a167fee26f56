import { isDeepStrictEqual } from 'node:util';
import type { ConnectionDiagnosis } from '#contract/api/connections';
import type { ConnectionRef, ConnectionTarget } from '#contract/connection';
import { LoadstoneError } from '#contract/errors';
import type { Api } from '../api.ts';
import { refOf } from '../connections.ts';
import type { Services } from '../services.ts';

export function connectionHandlers({ connections: api }: Api, services: Services) {
  const { connections, events } = services;
  return {
    list: api.list.handler(() => connections.list()),
    save: api.save.handler(async ({ input: { id, form } }) => {
      const before = connections.list().find((connection) => connection.id === id);
      const saved = await connections.save(id, form);
      if (before) replaceDefault(services, before.ref, saved.ref);
      events.tell({ type: 'connections' });
      return saved;
    }),
    remove: api.remove.handler(({ input: { id } }) => {
      replaceDefault(services, connections.remove(id).ref, { kind: 'embedded' });
      events.tell({ type: 'connections' });
      return null;
    }),
    test: api.test.handler(({ input, signal }) => {
      const find =
        'ref' in input ? () => services.targets.resolve(input.ref, { greet: true }) : () => formTarget(services, input);
      return diagnose(services, find, signal);
    }),
  };
}

/** Loads that go to a server unless they say otherwise must not go to one that is no longer saved. */
function replaceDefault({ settings, events }: Services, from: ConnectionRef, to: ConnectionRef): void {
  if (isDeepStrictEqual(from, to) || !isDeepStrictEqual(settings.read().defaultConnection, from)) return;
  settings.change({ defaultConnection: to });
  events.tell({ type: 'settings' });
}

type Form = Parameters<typeof refOf>[0] & { readonly password?: string };

/** A form's own password goes first; one that was left out is the saved one, as it is when the form is saved. */
async function formTarget(
  { connections, targets }: Services,
  { id, form }: { readonly id?: string; readonly form: Form },
): Promise<ConnectionTarget> {
  const ref = refOf(form);
  const { kind: _kind, ...place } = ref;
  const stored = form.password === undefined && id !== undefined ? await connections.passwordOf(id) : undefined;
  const password = form.password || stored || targets.environmentPassword(ref);
  return password === undefined ? place : { ...place, password };
}

/** A server that cannot be reached is what the test found out. */
async function diagnose(
  { inquiries }: Services,
  find: () => Promise<ConnectionTarget>,
  signal: AbortSignal | undefined,
): Promise<ConnectionDiagnosis> {
  try {
    return await inquiries.ask<'server.test'>({ kind: 'server.test', target: await find() }, { signal });
  } catch (error) {
    const fault = error instanceof LoadstoneError ? FAULTS.get(error.code) : undefined;
    if (fault === undefined || !(error instanceof LoadstoneError)) throw error;
    return { ok: false, fault, message: error.message, remedy: error.remedy };
  }
}

const FAULTS: ReadonlyMap<string, Extract<ConnectionDiagnosis, { ok: false }>['fault']> = new Map([
  ['PASSWORD_MISSING', 'password_missing'],
  ['EMBEDDED_FAILED', 'other'],
  ['SECRETS_UNAVAILABLE', 'password_missing'],
  ['SERVER_UNREACHABLE', 'timed_out'],
] as const);
