import { readFileSync } from 'node:fs';
import { loadPeer } from './load-peer.ts';

/**
 * DuckDB in a process of its own: `node duckdb-copy.ts <folder with @duckdb/node-api> <file with SQL> [database]`. The
 * package is no dependency of this project: it is found in the folder it was installed in.
 */
interface Connection {
  run(sql: string): Promise<unknown>;
  closeSync(): void;
}

interface DuckDb {
  readonly DuckDBInstance: {
    create(path: string): Promise<{ connect(): Promise<Connection>; closeSync(): void }>;
  };
}

const [folder = '.', sql = '', database = ':memory:'] = process.argv.slice(2);
const duckdb = loadPeer<DuckDb>(folder, '@duckdb/node-api');
if (duckdb === null) throw new Error(`@duckdb/node-api is not installed in ${folder}.`);
const instance = await duckdb.DuckDBInstance.create(database);
const connection = await instance.connect();
await connection.run(readFileSync(sql, 'utf8'));
connection.closeSync();
instance.closeSync();
