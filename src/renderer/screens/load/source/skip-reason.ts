/** Why a file is left out, as far as it is known by kind; `detail` is what the reason names. */
interface SkipReason {
  readonly kind: 'include' | 'exclude' | 'no_table' | 'read_already' | 'no_file' | 'other';
  readonly detail: string;
}

const KINDS = [
  { kind: 'include', begins: 'not matched by include: ' },
  { kind: 'exclude', begins: 'matched by exclude: ' },
  { kind: 'no_table', begins: 'no table takes this file' },
  { kind: 'read_already', begins: 'leads to a folder that is read already: ' },
  { kind: 'no_file', begins: 'neither a file nor a folder' },
] as const;

export function explainSkip(reason: string): SkipReason {
  const known = KINDS.find(({ begins }) => reason.startsWith(begins));
  if (known === undefined) return { kind: 'other', detail: reason };
  return { kind: known.kind, detail: reason.slice(known.begins.length) };
}
