import type { Mapping } from '#contract/mapping';

/** Hands the mapping out as a file, for the command line and for other people. */
export function downloadMapping(mapping: Mapping): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(mapping, null, 2)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${mapping.name}.json`;
  link.click();
  // Once the download has begun.
  setTimeout(() => URL.revokeObjectURL(url));
}
