import type { Database } from 'better-sqlite3';
import { newerLedger } from './ledger-errors.ts';
import { sql as jobs } from './migrations/0001-jobs.ts';
import { sql as settings } from './migrations/0002-settings.ts';
import { sql as orders } from './migrations/0003-orders.ts';
import { sql as reviews } from './migrations/0004-reviews.ts';
import { sql as audit } from './migrations/0005-audit.ts';

/** In order; a migration's number is its place, counted from 1. Released ones never change. */
const MIGRATIONS = [jobs, settings, orders, reviews, audit];

/** Brings the ledger to this version's form. Several processes may try at once: one does it, the others find it done. */
export function migrate(database: Database, path: string): void {
  if (versionOf(database) === MIGRATIONS.length) return;
  const run = database.transaction(() => {
    const version = versionOf(database);
    if (version > MIGRATIONS.length) throw newerLedger(path, version, MIGRATIONS.length);
    for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
    database.pragma(`user_version = ${MIGRATIONS.length}`);
  });
  run.immediate();
}

function versionOf(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
