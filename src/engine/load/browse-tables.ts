import type { CatalogListing, RowPage, RowRequest, TableDescription, TableName } from '#contract/api/catalog';
import type { Trace, TraceRequest } from '#contract/api/traces';
import { describeTable } from '#engine/catalog/describe-table';
import { listTables } from '#engine/catalog/list-tables';
import { readRows } from '#engine/catalog/read-rows';
import { traceRow } from '#engine/catalog/trace-row';
import type { PgClient } from '#engine/postgres/client';
import { type InquiryOptions, inquire } from './inquire.ts';
import { inquireKept } from './inquire-kept.ts';
import type { ServerSession } from './server-session.ts';

/** The schemas, tables and views that the user may see. */
export function browseTables(session: ServerSession, options: InquiryOptions): Promise<CatalogListing> {
  return inquire(session, listTables, options);
}

/** One table's columns, keys, references and indexes. @throws LoadstoneError DATABASE_ERROR when there is none. */
export function browseTable(
  session: ServerSession,
  table: TableName,
  options: InquiryOptions,
): Promise<TableDescription> {
  return inquire(session, (client) => describeTable(client, table), options);
}

/** One page of rows. @throws LoadstoneError DATABASE_ERROR for a table, USAGE for a column that is not there. */
export function browseRows(session: ServerSession, request: RowRequest, options: InquiryOptions): Promise<RowPage> {
  return inquire(session, (client) => readRows(client, request, options.signal), options);
}

/** Where one row comes from. @throws LoadstoneError DATABASE_ERROR for a table, USAGE for a key that tells no row. */
export async function browseTrace(
  session: ServerSession,
  request: TraceRequest,
  options: InquiryOptions,
): Promise<Trace> {
  const trace = (isKept: boolean) => (client: PgClient) =>
    traceRow(client, request, { isKept, signal: options.signal });
  return (await inquireKept(session, trace(true), options)) ?? inquire(session, trace(false), options);
}
