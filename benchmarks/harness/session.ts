import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cluster, startCluster } from './cluster.ts';
import { describeMachine, type Machine } from './machine.ts';
import { type Options, readOptions } from './options.ts';
import { writeReport } from './report.ts';
import { createBlank } from './templates.ts';

export interface Session {
  readonly cluster: Cluster;
  readonly options: Options;
  readonly machine: Machine;
  readonly wanted: (name: string) => boolean;
}

/** Starts a server, measures, stores <name>.json and writes the report anew from all results there are. */
export async function measure(name: string, work: (session: Session) => Promise<object>): Promise<void> {
  const options = readOptions();
  mkdirSync(options.tools.home, { recursive: true });
  const cluster = await startCluster(options.settings);
  try {
    const machine = await describeMachine(cluster, options.tools);
    await createBlank(cluster);
    const wanted = (part: string): boolean => options.only.length === 0 || options.only.includes(part);
    const results = await work({ cluster, options, machine, wanted });
    store(options, name, { quick: options.quick, machine, ...results });
  } finally {
    await cluster.stop();
  }
}

function store(options: Options, name: string, results: object): void {
  const folder = join(options.out, 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(results, null, 2)}\n`);
  const report = join(options.out, 'REPORT.md');
  writeReport(folder, report);
  process.stdout.write(readFileSync(report, 'utf8'));
}
