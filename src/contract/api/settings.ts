import { z } from 'zod';
import { connectionRefSchema } from '../connection.ts';

export const LANGUAGES = ['vi', 'en'] as const;

/** A hundred years. */
export const MOST_UNDO_DAYS = 36_500;

/** What a user can set. Stored in the ledger, so it holds no secret. */
export const settingsSchema = z.object({
  /** null: as the system. */
  language: z.enum(LANGUAGES).nullable(),
  theme: z.enum(['auto', 'light', 'dark']),
  /** Processes of a load; null: one per core, at most what the pool leaves. */
  workers: z.number().int().min(1).max(64).nullable(),
  /** Connections to one server at most, all jobs and the window together. Takes effect when Loadstone starts again. */
  pool: z.number().int().min(4).max(100),
  /** Files of more megabytes are said up front to be loaded in the background; null: that is never said. */
  backgroundMb: z.number().int().min(1).max(1_000_000).nullable(),
  /** Where loads go unless they say otherwise. */
  defaultConnection: connectionRefSchema,
  /** For how many days loads can be undone; null: for ever. */
  undoDays: z.number().int().min(1).max(MOST_UNDO_DAYS).nullable(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settingsChangeSchema = settingsSchema.partial();
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

export const DEFAULT_SETTINGS: Settings = {
  language: null,
  theme: 'auto',
  workers: null,
  pool: 5,
  backgroundMb: 50,
  defaultConnection: { kind: 'embedded' },
  undoDays: 90,
};
