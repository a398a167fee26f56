import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '#contract/canonical-json';
import type { Mapping } from '#contract/mapping';
import { findPreset } from '#contract/presets';

/** Enough that two mappings of one name never meet. */
const HASH_DIGITS = 12;

/** How the command line names a mapping: a preset by its name, any other by a file of the home, written once. */
export function mappingArgument(home: string, mapping: Mapping): string {
  const text = canonicalJson(mapping);
  const preset = findPreset(mapping.name);
  if (preset && canonicalJson(preset) === text) return mapping.name;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS);
  const folder = join(home, 'mappings');
  const file = join(folder, `${fileNameOf(mapping.name)}-${hash}.json`);
  if (!existsSync(file)) write(folder, file, mapping);
  return file;
}

function fileNameOf(name: string): string {
  const plain = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-');
  return plain.replaceAll(/^[-.]+|[-.]+$/g, '').slice(0, 60) || 'mapping';
}

/** Whole or not at all; where it cannot be written, the command names a file that has to be made. */
function write(folder: string, file: string, mapping: Mapping): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const half = `${file}.${process.pid}`;
    writeFileSync(half, `${JSON.stringify(mapping, null, 2)}\n`, { mode: 0o600 });
    renameSync(half, file);
  } catch {
    // A read-only home must not keep anybody from looking at a job.
  }
}
