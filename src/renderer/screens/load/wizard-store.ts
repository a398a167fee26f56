import { useMemo } from 'react';
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { ConnectionRef } from '#contract/connection';
import type { FileFormat } from '#contract/file-formats';
import type { CsvDialectFacts } from '#contract/inference';
import type { Mapping } from '#contract/mapping';
import { type Said, saidOf, saidOfFile, withSaid } from './dialect/said.ts';
import type { MappingEdits } from './mapping/mapping-edits.ts';
import { addPaths, samePaths } from './paths.ts';
import type { RetryOf } from './retry/retry-of.ts';
import { DEFAULT_CHOICES, type LoadChoices } from './review/load-choices.ts';

export const STEPS = ['source', 'mapping', 'review'] as const;
export type Step = (typeof STEPS)[number];

/** The mapping as it was before any change, and what the user knows it by. */
export interface ChosenMapping {
  /** `inferred`: proposed for the files as they are; `job`: what a job was ordered with. */
  readonly kind: 'preset' | 'file' | 'saved' | 'inferred' | 'job';
  readonly label: string;
  readonly original: Mapping;
  /** As it was before anything was added to it; left out: as the original is. */
  readonly base?: Mapping;
}

interface Wizard {
  readonly step: Step;
  /** The furthest step that was visited. */
  readonly furthest: Step;
  readonly paths: readonly string[];
  /** The preset that is meant to go with the paths, until it is read. */
  readonly wantedPreset: string | null;
  readonly chosen: ChosenMapping | null;
  /** Of what format the files are; null: that of most. */
  readonly format: FileFormat | null;
  /** Propose a mapping from all that the files hold, not from a part. */
  readonly inferAll: boolean;
  /** How the files are written, as far as somebody said so before there was a mapping. */
  readonly said: Said;
  /** Propose a table for each file, also where files have the same columns. */
  readonly perFile: boolean;
  readonly edits: MappingEdits;
  /** null: as the settings say. */
  readonly connection: ConnectionRef | null;
  readonly choices: LoadChoices;
  /** Look at every file before loading, not at some. */
  readonly checkAll: boolean;
  /** Paths that came while others were chosen already: the user is asked. */
  readonly offered: readonly string[] | null;
  /** null: an ordinary load. */
  readonly retry: RetryOf | null;
  /** What was in work before the retry, and comes back with its end. */
  readonly aside: Omit<Wizard, 'aside'> | null;
}

const EMPTY: Wizard = {
  step: 'source',
  furthest: 'source',
  paths: [],
  wantedPreset: null,
  chosen: null,
  format: null,
  inferAll: false,
  said: {},
  perFile: false,
  edits: {},
  connection: null,
  choices: DEFAULT_CHOICES,
  checkAll: false,
  offered: null,
  retry: null,
  aside: null,
};

/** What the user has entered so far. It outlives a reload of the page, and ends with the window. */
export const useWizard = create<Wizard>()(
  persist(() => EMPTY, {
    name: 'loadstone:load',
    version: 1,
    storage: createJSONStorage(() => sessionStorage),
    partialize: ({ offered: _, ...kept }) => kept,
  }),
);

/** Takes paths into the wizard's first step; asks first when others are chosen already. */
export function chooseSource(paths: readonly string[], preset: string | null = null): void {
  const { paths: before, retry } = useWizard.getState();
  if (paths.length === 0) return;
  if (before.length === 0) {
    const kept = preset === null ? keptMapping() : {};
    useWizard.setState({ ...EMPTY, ...kept, paths, wantedPreset: preset });
  } else if (retry === null && samePaths(before, paths)) goTo('source');
  else useWizard.setState({ offered: paths });
}

/** What was offered takes the place of what was chosen, or joins it; null: neither. */
export function answerOffer(answer: 'replace' | 'add' | null): void {
  const { paths, offered, retry } = useWizard.getState();
  useWizard.setState({ offered: null });
  if (offered === null || answer === null) return;
  if (retry !== null) {
    clearWizard();
    chooseSource(offered);
    return;
  }
  setPaths(answer === 'replace' ? offered : addPaths(paths, offered));
  goTo('source');
}

export function addSource(paths: readonly string[]): void {
  setPaths(addPaths(useWizard.getState().paths, paths));
}

export function setPaths(paths: readonly string[]): void {
  useWizard.setState({ paths, checkAll: false, format: null, inferAll: false, said: {}, perFile: false });
  forgetUntouchedProposal();
}

/** What the files are taken for, when they are of several formats. */
export function setFormat(format: FileFormat): void {
  useWizard.setState({ format, chosen: null, edits: {}, said: {}, perFile: false });
}

/** How the files are written: what the mapping says, or what was said before there is one. */
export function useSaid(): Said {
  const said = useWizard((wizard) => wizard.said);
  const original = useWizard((wizard) => (isOpen(wizard) ? null : (wizard.chosen?.original ?? null)));
  return useMemo(() => (original === null ? said : saidOf(original)), [original, said]);
}

/** What a mapping in work says of one file alone. */
export function useSaidOfFile(path: string | undefined): Said {
  const original = useWizard((wizard) => (isOpen(wizard) ? null : (wizard.chosen?.original ?? null)));
  return useMemo(() => (original === null || path === undefined ? {} : saidOfFile(original, path)), [original, path]);
}

/**
 * Says how the files are written. A proposal that nobody touched is made anew; another mapping takes it in.
 * @param guess what stands for what is not said
 */
export function setSaid(said: Said, guess: CsvDialectFacts | undefined): void {
  const open = isOpen(useWizard.getState());
  useWizard.setState({ said, checkAll: false, ...(open && { chosen: null }) });
  if (!open) design((now) => withSaid(now, said, guess));
}

/** Proposes a table for each file, or one for all that have the same columns. */
export function setPerFile(perFile: boolean): void {
  useWizard.setState({ perFile, chosen: null, edits: {} });
}

/** Nobody has worked on a mapping, or chosen one. */
function isOpen(wizard: Pick<Wizard, 'chosen' | 'edits'>): boolean {
  return wizard.chosen === null || (wizard.chosen.kind === 'inferred' && !isChanged(wizard));
}

/** Proposes a mapping anew, from everything. */
export function inferFromAll(): void {
  useWizard.setState({ inferAll: true });
  forgetUntouchedProposal();
}

/** A proposal fits the files it was made for; what somebody worked on stays. */
function forgetUntouchedProposal(): void {
  const { chosen } = useWizard.getState();
  if (chosen?.kind === 'inferred' && !isChanged(useWizard.getState())) useWizard.setState({ chosen: null });
}

export function goTo(step: Step): void {
  const { furthest } = useWizard.getState();
  useWizard.setState({ step, furthest: STEPS.indexOf(step) > STEPS.indexOf(furthest) ? step : furthest });
}

export function chooseMapping(chosen: ChosenMapping): void {
  useWizard.setState({ chosen, edits: {}, checkAll: false, wantedPreset: null });
}

export function setEdits(edits: MappingEdits): void {
  useWizard.setState({ edits });
}

/** Adds to the mapping, or changes what edits do not know; tables and columns keep their numbers. */
export function design(change: (original: Mapping) => Mapping): void {
  const { chosen } = useWizard.getState();
  if (chosen === null) return;
  const { base = chosen.original } = chosen;
  useWizard.setState({ chosen: { ...chosen, original: change(chosen.original), base } });
}

/** Whether anything of the mapping was changed. */
export function isChanged({ chosen, edits }: Pick<Wizard, 'chosen' | 'edits'>): boolean {
  return Object.keys(edits).length > 0 || (chosen?.base !== undefined && chosen.base !== chosen.original);
}

export function undoChanges(): void {
  const { chosen } = useWizard.getState();
  const { base, ...rest } = chosen ?? {};
  useWizard.setState({
    edits: {},
    ...(chosen !== null && base !== undefined && { chosen: { ...(rest as ChosenMapping), original: base } }),
  });
}

export function setChoices(change: Partial<LoadChoices>): void {
  useWizard.setState(({ choices }) => ({ choices: { ...choices, ...change } }));
}

/** For the next load; after a retry, for the one that was in work before. */
export function clearWizard(): void {
  const { aside } = useWizard.getState();
  useWizard.setState({ ...EMPTY, ...aside });
}

/** Begins with the mapping that the rejected rows were made with; what is in work waits aside. */
export function startRetry(retry: RetryOf): void {
  const { aside, ...before } = useWizard.getState();
  const { paths, mapping, connection, schema = '', onConflict = null } = retry.order;
  useWizard.setState({
    ...EMPTY,
    ...{ retry, paths, connection, step: 'mapping', furthest: 'mapping', checkAll: true },
    chosen: { kind: 'job', label: mapping.name, original: mapping },
    // Rows are few, and what becomes of each of them was looked at.
    choices: { ...DEFAULT_CHOICES, schema, onConflict, review: false },
    aside: before.retry === null ? { ...before, offered: null } : aside,
  });
}

/** A mapping that was worked on stays when its folder is taken away and another one chosen. */
function keptMapping(): Pick<Wizard, 'chosen' | 'edits'> {
  const { chosen, edits } = useWizard.getState();
  return chosen?.kind === 'inferred' && !isChanged({ chosen, edits }) ? { chosen: null, edits } : { chosen, edits };
}
