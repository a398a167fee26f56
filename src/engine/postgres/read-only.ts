import type { PgClient } from './client.ts';

/** What a person waits for has an end: a server that takes longer says so. */
const STATEMENT_TIMEOUT = '30s';
/** A table that somebody holds exclusively (an ALTER, say) is not waited for much longer. */
const LOCK_TIMEOUT = '5s';

/** Runs queries over one picture of the database, which they cannot change. A failure leaves the transaction open. */
export async function readOnly<T>(client: PgClient, work: () => Promise<T>): Promise<T> {
  await client.query(
    `begin isolation level repeatable read read only;
     set local statement_timeout = '${STATEMENT_TIMEOUT}'; set local lock_timeout = '${LOCK_TIMEOUT}'`,
  );
  const result = await work();
  await client.query('commit');
  return result;
}

/** Runs one query that may fail without spoiling the transaction. @throws what it fails with. */
export async function underSavepoint<T>(client: PgClient, work: () => Promise<T>): Promise<T> {
  await client.query('savepoint trial');
  try {
    return await work();
  } finally {
    // Settings made in it end with it.
    await client.query('rollback to savepoint trial; release savepoint trial');
  }
}
