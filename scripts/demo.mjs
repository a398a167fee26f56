// Loads the examples into the embedded PostgreSQL, dossiers by a preset and lists by an inferred mapping, and compares
// what the loads say with what SQL counts.
// Each run begins with an empty schema of its own, so that it shows the same however often it runs.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';

const root = join(import.meta.dirname, '..');
const dossiers = join('examples', 'land-records');
const lists = join('examples', 'parcel-lists');
const SCHEMA = 'loadstone_demo';
const MARK = 'Made by "npm run demo" and emptied at its next run.';
const DONE = [0, 3]; // 3: done, but rows or files were rejected, which is what some of the examples are for

/** Runs the command line. @returns its standard output; its other words go where ours go. */
function loadstone(accepted, ...words) {
  const { status, stdout, error } = spawnSync(process.execPath, [join(root, 'bin/loadstone.cjs'), ...words], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error) throw error;
  if (!accepted.includes(status)) {
    console.error(`The demo stops: "loadstone ${words.join(' ')}" ended with exit code ${status}.`);
    process.exit(1);
  }
  return stdout;
}

/** Empties the demo's schema; one of this name that somebody else made is left alone. */
async function makeSchema(client) {
  const { rows } = await client.query('select obj_description(oid) as mark from pg_namespace where nspname = $1', [
    SCHEMA,
  ]);
  if (rows[0] && rows[0].mark !== MARK) {
    console.error(`The schema ${SCHEMA} was not made by this demo. Rename or drop it, then run the demo again.`);
    process.exit(1);
  }
  await client.query(`
    set client_min_messages to warning;
    drop schema if exists ${SCHEMA} cascade;
    create schema ${SCHEMA};
    comment on schema ${SCHEMA} is '${MARK}'`);
}

/** @returns rows per table, by SQL. */
async function countRows(client, tables) {
  const counts = {};
  for (const table of tables) {
    const { rows } = await client.query(
      `select count(*)::int as rows from ${SCHEMA}.${client.escapeIdentifier(table)}`,
    );
    counts[table] = rows[0].rows;
  }
  return counts;
}

function printTotals(tables, counted) {
  const line = (...cells) =>
    console.log(
      `  ${cells[0].padEnd(16)}${cells
        .slice(1)
        .map((cell) => String(cell).padStart(13))
        .join('')}`,
    );
  line('table', 'read', 'rejected', 'by the load', 'by SQL');
  for (const [name, { read, rejected, inserted }] of Object.entries(tables)) {
    line(name, read, rejected, inserted, counted[name.toLowerCase()]);
  }
}

function printReport({ files, rejects, warnings, seconds }) {
  console.log(`\n${files.loaded} of ${files.found} files loaded in ${seconds} s, ${files.failed} refused:`);
  for (const { path, line, column, code } of files.failures) {
    console.log(`  ${[path, line, column].filter((part) => part !== undefined).join(':')}  ${code}`);
  }
  const reasons = Object.entries(rejects.byReason).map(([code, rows]) => `${rows} ${code}`);
  console.log(`${rejects.total} rows rejected${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''}`);
  console.log(`Warnings: ${warnings.map(({ code, count }) => `${count} ${code}`).join(', ') || 'none'}\n`);
}

function printNext(job) {
  console.log(`
Where to look next
  psql "$(npx loadstone db url)" -c 'select * from ${SCHEMA}.thuadat limit 5'
  npx loadstone rejects ${job}            what was rejected: file, line, value and reason
  npx loadstone jobs show ${job}          what this load did
  npx loadstone jobs undo ${job}          take it back
  npx loadstone preview ${dossiers} --mapping vn-land-records
  npx loadstone infer ${lists}   what is found out about files that nobody described
  npx loadstone db stop             the embedded PostgreSQL stays up until then
  README.md                         your own files, your own server`);
}

async function loadAndCount(folder, ...how) {
  const words = ['load', folder, ...how, '--schema', SCHEMA, '--no-skip-loaded', '--json'];
  const { job, tables, ...report } = JSON.parse(loadstone(DONE, ...words));
  const names = Object.keys(tables);
  const counted = await countRows(
    client,
    names.map((name) => name.toLowerCase()),
  );
  printReport(report);
  printTotals(tables, counted);
  const agrees = names.length > 0 && names.every((name) => tables[name].inserted === counted[name.toLowerCase()]);
  return { job, agrees };
}

console.log('Starting the embedded PostgreSQL …');
const client = new pg.Client({ connectionString: loadstone([0], 'db', 'url').trim() });
await client.connect();
let agree = false;
try {
  await makeSchema(client);
  console.log(`Loading ${dossiers} with the preset vn-land-records …`);
  const byPreset = await loadAndCount(dossiers, '--mapping', 'vn-land-records');
  console.log(`\nLoading ${lists} with what is inferred from them …`);
  const byInference = await loadAndCount(lists, '--yes');
  agree = byPreset.agrees && byInference.agrees;
  console.log(agree ? '\nThe loads and SQL agree.' : '\nThe loads and SQL DISAGREE.');
  if (agree) printNext(byPreset.job);
} finally {
  await client.end();
}
process.exit(agree ? 0 : 1);
