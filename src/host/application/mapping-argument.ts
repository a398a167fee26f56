import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '#contract/canonical-json';
import type { Mapping } from '#contract/mapping';
import { findPreset } from '#contract/presets';
import type { Resolutions } from '#contract/resolutions';

/** Enough that two mappings of one name never meet. */
const HASH_DIGITS = 12;

/** How the command line names a mapping: a preset by its name, any other by a file of the home, written once. */
export function mappingArgument(home: string, mapping: Mapping): string {
  const text = canonicalJson(mapping);
  const preset = findPreset(mapping.name);
  if (preset && canonicalJson(preset) === text) return mapping.name;
  return keptFile(home, { name: mapping.name, ending: 'json', text }, () => `${JSON.stringify(mapping, null, 2)}\n`);
}

/** How the command line names a script of DDL: a file beside the mappings, written once. */
export function scriptArgument(home: string, mapping: Mapping, ddl: string): string {
  return keptFile(home, { name: mapping.name, ending: 'sql', text: ddl }, () => ddl);
}

/** How the command line names resolutions: a file beside the mappings, written once. */
export function resolutionsArgument(home: string, mapping: Mapping, resolutions: Resolutions): string {
  const kept = { name: `${mapping.name}-resolutions`, ending: 'json', text: canonicalJson(resolutions) };
  return keptFile(home, kept, () => `${JSON.stringify(resolutions, null, 2)}\n`);
}

interface Kept {
  readonly name: string;
  readonly ending: string;
  /** What tells it from others of its name. */
  readonly text: string;
}

function keptFile(home: string, { name, ending, text }: Kept, content: () => string): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, HASH_DIGITS);
  const folder = join(home, 'mappings');
  const file = join(folder, `${fileNameOf(name)}-${hash}.${ending}`);
  if (!existsSync(file)) write(folder, file, content());
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
function write(folder: string, file: string, content: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const half = `${file}.${process.pid}`;
    writeFileSync(half, content, { mode: 0o600 });
    renameSync(half, file);
  } catch {
    // A read-only home must not keep anybody from looking at a job.
  }
}
