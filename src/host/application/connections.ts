import type { ConnectionForm, SavedConnection } from '#contract/api/connections';
import type { ConnectionRef } from '#contract/connection';
import {
  type ConnectionRecord,
  type ConnectionStore,
  isSameLogin,
  type ServerRef,
} from '../connections/connection-store.ts';
import type { SecretBox } from './application-types.ts';

/** Saved servers with their passwords: sealed in the ledger, or in this run's memory where nothing can be sealed. */
export class Connections {
  readonly #store: ConnectionStore;
  readonly #box: SecretBox;
  readonly #session = new Map<string, string>();

  constructor(store: ConnectionStore, box: SecretBox) {
    this.#store = store;
    this.#box = box;
  }

  list(): readonly SavedConnection[] {
    return this.#store.list().map((record) => this.#toSaved(record));
  }

  /** @throws CONNECTION_NAME_TAKEN, CONNECTION_NOT_FOUND */
  async save(id: string | undefined, form: ConnectionForm): Promise<SavedConnection> {
    const before = id === undefined ? undefined : this.#store.get(id);
    const sealed = await this.#seal(form.password, before?.sealed ?? null);
    const record = this.#store.save({ id, name: form.name.trim(), ref: refOf(form), sealed });
    if (form.password !== undefined) {
      if (form.password !== '' && sealed === null) this.#session.set(record.id, form.password);
      else this.#session.delete(record.id);
    }
    return this.#toSaved(record);
  }

  /** @throws CONNECTION_NOT_FOUND */
  remove(id: string): ConnectionRecord {
    this.#session.delete(id);
    return this.#store.remove(id);
  }

  /** The name under which this very server is saved. */
  nameOf(ref: ConnectionRef): string | undefined {
    if (ref.kind !== 'server') return undefined;
    return this.#store.list().find((record) => isSameLogin(record.ref, ref) && record.ref.ssl === ref.ssl)?.name;
  }

  /** @throws CONNECTION_NOT_FOUND, SECRETS_UNAVAILABLE */
  async passwordOf(id: string): Promise<string | undefined> {
    return this.#passwordIn(this.#store.get(id));
  }

  /** The password saved for a login on a server. @throws SECRETS_UNAVAILABLE */
  async passwordFor(ref: ServerRef): Promise<string | undefined> {
    const known = this.#store.list().filter((record) => isSameLogin(record.ref, ref));
    // One in memory was typed in this run, because nothing can be sealed or opened in it.
    const best = known.find(({ id }) => this.#session.has(id)) ?? known.find((record) => record.sealed !== null);
    return best && this.#passwordIn(best);
  }

  async #passwordIn({ id, sealed }: ConnectionRecord): Promise<string | undefined> {
    return sealed === null ? this.#session.get(id) : this.#box.open(sealed);
  }

  async #seal(password: string | undefined, before: Buffer | null): Promise<Buffer | null> {
    if (password === undefined) return before;
    return password === '' || this.#box.kind === 'none' ? null : this.#box.seal(password);
  }

  #toSaved({ id, name, ref, sealed }: ConnectionRecord): SavedConnection {
    const password = sealed !== null ? 'stored' : this.#session.has(id) ? 'session' : 'none';
    return { id, name, ref, password };
  }
}

export function refOf(form: Omit<ConnectionForm, 'name' | 'password'>): ServerRef {
  const { host, port, database, user, ssl } = form;
  return { kind: 'server', host, port, database, user, ssl };
}
