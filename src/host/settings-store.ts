import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { DEFAULT_SETTINGS, type Settings, type SettingsChange, settingsSchema } from '#contract/api/settings';
import type { AuditTrail } from './audit/audit-trail.ts';
import { type Ledger, readLedger, writeLedger } from './ledger/ledger.ts';
import type { Log } from './log.ts';

type Key = keyof Settings;

/** The user's settings, each a row of the ledger. One that cannot be read counts as not set, so that Loadstone starts. */
export class SettingsStore {
  readonly #ledger: Ledger;
  readonly #log: Log;
  readonly #trail: AuditTrail;

  constructor(ledger: Ledger, log: Log, trail: AuditTrail) {
    this.#ledger = ledger;
    this.#log = log;
    this.#trail = trail;
  }

  read(): Settings {
    const rows = readLedger(
      this.#ledger,
      (database) => database.prepare('SELECT key, value FROM settings').all() as { key: string; value: string }[],
    );
    const stored = rows.flatMap(({ key, value }) => this.#parse(key, value));
    return { ...DEFAULT_SETTINGS, ...Object.fromEntries(stored) };
  }

  change(change: SettingsChange): Settings {
    writeLedger(this.#ledger, (database) => {
      const before = this.read();
      const put = database.prepare(
        `INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
      );
      const now = new Date().toISOString();
      for (const [key, value] of Object.entries(change)) {
        if (value !== undefined) put.run(key, JSON.stringify(value), now);
      }
      this.#tell(before, this.read());
    });
    return this.read();
  }

  #tell(before: Settings, after: Settings): void {
    const keys = Object.keys(settingsSchema.shape).filter(isKey);
    const changed = keys.filter((key) => !isDeepStrictEqual(before[key], after[key]));
    if (changed.length === 0) return;
    const facts = Object.fromEntries(changed.map((key) => [key, { from: before[key], to: after[key] }]));
    this.#trail.add({ action: 'settings_changed', facts });
  }

  #parse(key: string, value: string): readonly (readonly [string, unknown])[] {
    if (!isKey(key)) return [];
    const parsed = (settingsSchema.shape[key] as z.ZodType).safeParse(jsonOf(value));
    if (parsed.success) return [[key, parsed.data]];
    this.#log.warn({ setting: key }, 'a setting could not be read; its default is used');
    return [];
  }
}

function isKey(key: string): key is Key {
  return Object.hasOwn(settingsSchema.shape, key);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
