import { type Ledger, readLedger } from '../ledger/ledger.ts';

type Subject = 'settings' | 'connections';

/** Finds out whether another process changed settings or connections. */
export class ForeignChanges {
  readonly #ledger: Ledger;
  readonly #tell: (subject: Subject) => void;
  #known: Readonly<Record<Subject, string>> = { settings: '', connections: '' };

  constructor(ledger: Ledger, tell: (subject: Subject) => void) {
    this.#ledger = ledger;
    this.#tell = tell;
  }

  /** From here on changes count. */
  start(): void {
    this.#known = this.#read();
  }

  look(): void {
    const now = this.#read();
    const before = this.#known;
    this.#known = now;
    for (const subject of ['settings', 'connections'] as const) {
      if (now[subject] !== before[subject]) this.#tell(subject);
    }
  }

  #read(): Readonly<Record<Subject, string>> {
    return readLedger(this.#ledger, (database) => {
      const stamp = (table: Subject) =>
        String(database.prepare(`SELECT count(*) || ' ' || COALESCE(max(updated_at), '') FROM ${table}`).pluck().get());
      return { settings: stamp('settings'), connections: stamp('connections') };
    });
  }
}
