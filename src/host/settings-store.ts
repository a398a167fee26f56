import type { z } from 'zod';
import { DEFAULT_SETTINGS, type Settings, type SettingsChange, settingsSchema } from '#contract/api/settings';
import { type Ledger, readLedger, writeLedger } from './ledger/ledger.ts';
import type { Log } from './log.ts';

type Key = keyof Settings;

/** The user's settings, each a row of the ledger. One that cannot be read counts as not set, so that Loadstone starts. */
export class SettingsStore {
  readonly #ledger: Ledger;
  readonly #log: Log;

  constructor(ledger: Ledger, log: Log) {
    this.#ledger = ledger;
    this.#log = log;
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
      const put = database.prepare(
        `INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
      );
      const now = new Date().toISOString();
      for (const [key, value] of Object.entries(change)) {
        if (value !== undefined) put.run(key, JSON.stringify(value), now);
      }
    });
    return this.read();
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
