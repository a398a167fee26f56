import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CsvDialectGuess } from '#contract/inference';
import { host } from '#renderer/host/client.ts';
import { useSaid, useSaidOfFile, useWizard } from '../wizard-store.ts';
import type { Said } from './said.ts';

/** Somebody types, or steps through a list by its keys. */
const SETTLE_MS = 250;

export interface Dialect {
  readonly said: Said;
  /** How the file is read with what is said. */
  readonly read: CsvDialectGuess | undefined;
  /** What would be taken for it if nothing was said. */
  readonly guess: CsvDialectGuess | undefined;
  readonly error: unknown;
  /** What is read is of what was said before. */
  readonly isStale: boolean;
}

/**
 * How a CSV file is read, anew whenever something else is said; the former question is given up.
 * @param path which file to look at; null: the first that holds something
 */
export function useDialect(path: string | null): Dialect {
  const paths = useWizard((wizard) => wizard.paths);
  const said = useSaid();
  const [settled] = useDebouncedValue(said, SETTLE_MS);
  const files = { paths: [...paths], ...(path !== null && { path }) };
  const options = { enabled: paths.length > 0, retry: false } as const;
  const guess = useQuery(host.sources.dialect.queryOptions({ input: files, ...options }));
  const own = useSaidOfFile(path ?? guess.data?.path);
  const known = { ...settled, ...own, ...((settled.csv ?? own.csv) && { csv: { ...settled.csv, ...own.csv } }) };
  const read = useQuery({
    ...host.sources.dialect.queryOptions({ input: { ...files, ...known }, ...options }),
    placeholderData: keepPreviousData,
  });
  return {
    said,
    read: read.data,
    guess: guess.data,
    error: read.error,
    isStale: read.isFetching || settled !== said,
  };
}
