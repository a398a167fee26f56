import type { ConnectionTarget } from '#contract/connection';
import type { Mapping } from '#contract/mapping';
import {
  createKeys,
  createMissing,
  createReferences,
  lockTableCreation,
  missingDdl,
} from '#engine/merge/prepare-targets';
import { DirectSession } from './direct-session.ts';
import { readLoadModel } from './load-model.ts';
import { onServer } from './on-server.ts';

export interface CreateTablesOptions {
  readonly mapping: Mapping;
  readonly schema?: string | undefined;
  readonly target: ConnectionTarget;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

export interface CreatedTables {
  readonly ddl: readonly string[];
  /** Names as the mapping writes them. */
  readonly created: readonly string[];
  readonly existing: readonly string[];
}

/** Creates the mapping's tables that are missing, with keys, references and indexes, in one transaction. */
export async function createTables(options: CreateTablesOptions): Promise<CreatedTables> {
  const session = new DirectSession(options.target);
  const { mapping, schema, signal, dryRun } = options;
  try {
    return await onServer(
      session,
      async (client) => {
        await client.query('begin');
        await lockTableCreation(client);
        const { tables } = await readLoadModel(client, { mapping, schema, onConflict: undefined });
        await createMissing(client, tables);
        await createKeys(client, tables);
        await createReferences(client, tables);
        // A dry run has the server judge every statement too.
        await client.query(dryRun ? 'rollback' : 'commit');
        const kept = tables.filter(({ keep }) => keep);
        return {
          ddl: missingDdl(tables),
          created: kept.filter(({ exists }) => !exists).map(({ name }) => name),
          existing: kept.filter(({ exists }) => exists).map(({ name }) => name),
        };
      },
      { signal, onRetry: () => undefined },
    );
  } finally {
    await session.close();
  }
}
