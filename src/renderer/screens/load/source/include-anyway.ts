import type { SourceSummary } from '#contract/api/sources';
import type { Mapping } from '#contract/mapping';
import { explainSkip } from './skip-reason.ts';

const ENDINGS: Readonly<Record<Mapping['source']['format'], readonly string[]>> = {
  xml: ['xml'],
  csv: ['csv', 'tsv', 'txt'],
  json: ['json', 'jsonl', 'ndjson'],
  api: [],
};

/**
 * The patterns that would take what only the mapping's include leaves out: all files of its format, however deep. None
 * when there are no such files.
 */
export function includeAnyway({ skipped }: SourceSummary, { source }: Mapping): readonly string[] {
  const outside = skipped.sample.filter(({ reason }) => explainSkip(reason).kind === 'include');
  return ENDINGS[source.format]
    .filter((ending) => outside.some(({ path }) => path.toLowerCase().endsWith(`.${ending}`)))
    .map((ending) => `**/*.${ending}`);
}

/** Whether the mapping's include is all that keeps the files out, and every one of them was told by name. */
export function onlyOutside({ skipped: { reasons, sample, count } }: SourceSummary): boolean {
  return sample.length === count && reasons.every(({ reason }) => explainSkip(reason).kind === 'include');
}
