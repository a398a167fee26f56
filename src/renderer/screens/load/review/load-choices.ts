import type { PreviewRequest } from '#contract/api/previews';
import type { ConnectionRef } from '#contract/connection';
import type { MaxRejects } from '#contract/load';
import type { ConflictPolicy, Mapping } from '#contract/mapping';
import type { RetryOf } from '../retry/retry-of.ts';

/** How to load, as the form holds it. */
export interface LoadChoices {
  readonly schema: string;
  /** null: as the mapping says. */
  readonly onConflict: ConflictPolicy | null;
  readonly onError: 'row' | 'file' | 'abort';
  /** As typed: `100` or `5%`; empty: no limit. */
  readonly maxRejects: string;
  readonly skipLoaded: boolean;
  /** null: as the settings say. */
  readonly workers: number | null;
  readonly dryRun: boolean;
  /** Stop after the check; null: when the target holds rows already. */
  readonly review: boolean | null;
}

export const DEFAULT_CHOICES: LoadChoices = {
  schema: '',
  onConflict: null,
  onError: 'row',
  maxRejects: '',
  skipLoaded: true,
  workers: null,
  dryRun: false,
  review: null,
};

const MOST_SCHEMA_BYTES = 63;

/** @returns undefined for no limit, null for what is neither a number nor a share. */
export function readMaxRejects(text: string): MaxRejects | undefined | null {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const [, whole, share] = /^(?:(\d{1,12})|(\d{1,3}(?:[.,]\d+)?) ?%)$/.exec(trimmed) ?? [];
  if (whole !== undefined) return { rows: Number(whole) };
  const percent = share === undefined ? Number.NaN : Number(share.replace(',', '.'));
  return percent <= 100 ? { percent } : null;
}

export function isSchemaName(text: string): boolean {
  return new TextEncoder().encode(text.trim()).length <= MOST_SCHEMA_BYTES;
}

interface Chosen {
  readonly paths: readonly string[];
  readonly mapping: Mapping;
  readonly choices: LoadChoices;
  readonly retry: RetryOf | null;
}

/** The part of the order that a preview and a load have in common. */
function common({ paths, mapping, choices, retry }: Chosen) {
  const schema = choices.schema.trim();
  return {
    paths: [...paths],
    mapping,
    ...(schema !== '' && { schema }),
    ...(choices.onConflict !== null && { onConflict: choices.onConflict }),
    ...(retry?.order.retry !== undefined && { retry: retry.order.retry }),
  };
}

export function previewRequest(chosen: Chosen, rows: number, limitFiles: number | null): PreviewRequest {
  return { ...common(chosen), rows, ...(limitFiles !== null && { limitFiles }) };
}

/**
 * The order for a load; null when the form holds something that cannot be used.
 * @param review whether it is to stop before the merge
 */
export function loadRequest(chosen: Chosen, connection: ConnectionRef, review: boolean) {
  const { onError, workers, dryRun, skipLoaded } = chosen.choices;
  const maxRejects = readMaxRejects(chosen.choices.maxRejects);
  if (maxRejects === null || !isSchemaName(chosen.choices.schema)) return null;
  const { schema: _, onConflict: __, ...kept } = chosen.retry?.order ?? {};
  return {
    ...kept,
    ...common(chosen),
    connection,
    onError,
    dryRun,
    skipLoaded,
    ...(review && !dryRun && { review }),
    ...(maxRejects !== undefined && { maxRejects }),
    ...(workers !== null && { workers }),
  };
}
