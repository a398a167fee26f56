import { keepPreviousData, queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import type { AuditFilter, AuditPage } from '#contract/api/audit';
import type { AuditEntry } from '#contract/audit';
import { client } from '#renderer/host/client.ts';
import type { AuditSource } from './audit-source.ts';

const PAGE = 200;

interface Question {
  readonly source: AuditSource;
  readonly filter: AuditFilter;
}

function pageOptions({ source: { connection }, filter }: Question, page: number, upTo: string | null) {
  const request = { filter, offset: page * PAGE, limit: PAGE, ...(upTo !== null && { upTo }) };
  return queryOptions({
    // Of the form that the client gives to its own, so that they are all read again together.
    queryKey: [['audit', 'entries'], { input: { connection, request } }],
    queryFn: ({ signal }): Promise<AuditPage> =>
      connection === null
        ? client.audit.page({ request }, { signal })
        : client.audit.target({ connection, request }, { signal }),
  });
}

/** The newest entries, with all counts; what was shown before stays until they are there. */
export function useFirstEntries(question: Question) {
  // Others write into a target without anybody telling.
  return useQuery({ ...pageOptions(question, 0, null), staleTime: 0, placeholderData: keepPreviousData });
}

/** The pages that hold some rows. @returns the entry at an index, undefined while its page is on its way. */
export function useEntryRows(
  question: Question,
  first: AuditPage,
  indexes: readonly number[],
): (index: number) => AuditEntry | undefined {
  const pages = [...new Set(indexes.map((index) => Math.floor(index / PAGE)))].filter((page) => page > 0);
  const results = useQueries({ queries: pages.map((page) => pageOptions(question, page, first.upTo)) });
  const entries = new Map(pages.map((page, index) => [page, results[index]?.data?.entries]));
  return (index) => {
    const page = Math.floor(index / PAGE);
    return (page === 0 ? first.entries : entries.get(page))?.[index % PAGE];
  };
}
