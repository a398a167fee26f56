import type { Cluster } from './cluster.ts';
import type { Contender, Timing } from './contenders.ts';
import { cpuOfEndedChildren, cpuOfTree } from './cpu-time.ts';
import { type Contents, contentsOf, freshDatabase } from './database.ts';
import { type Summary, summarise } from './statistics.ts';

export interface Race {
  readonly name: string;
  readonly contenders: readonly Contender[];
  /** Rows each run adds. */
  readonly added: Readonly<Record<string, number>>;
  /** Rows that were there before. */
  readonly before: Readonly<Record<string, number>>;
  /** The columns whose contents must be equal after every run. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly files: number;
  readonly rounds: number;
}

interface Run extends Timing {
  /** CPU seconds of the program and of the server together: what other work on the machine distorts least. */
  readonly cpu: number;
}

export interface Result {
  readonly contender: string;
  readonly runs: readonly Run[];
  readonly seconds: Summary;
  readonly cpu: Summary;
  readonly reported?: Summary;
  readonly filesPerSecond: number;
  readonly rowsPerSecond: number;
}

export interface RaceResult {
  readonly race: string;
  readonly files: number;
  readonly rows: number;
  readonly rounds: number;
  readonly results: readonly Result[];
}

const DATABASE = 'bench_run';

/** Every contender once per round, in an order that turns from round to round; each run starts from a fresh database. */
export async function runRace(cluster: Cluster, race: Race): Promise<RaceResult> {
  const runs = new Map<string, Run[]>(race.contenders.map(({ name }) => [name, []]));
  let agreed: Contents | null = null;
  for (let round = 0; round < race.rounds; round += 1) {
    for (const contender of turned(race.contenders, round)) {
      await freshDatabase(cluster, DATABASE, contender.template);
      const spent = (): number => cpuOfEndedChildren() + cpuOfTree(cluster.pid);
      const before = spent();
      const { seconds, reported } = await contender.run(cluster, DATABASE);
      const cpu = spent() - before;
      runs.get(contender.name)!.push({ seconds, cpu, ...(reported !== undefined && { reported }) });
      await contender.bring?.(cluster, DATABASE);
      const contents = await contentsOf(cluster, DATABASE, race.columns);
      requireRows(race, contender, contents);
      agreed ??= contents;
      requireEqual(contender, agreed, contents);
      process.stderr.write(
        `${race.name} · round ${round + 1}/${race.rounds} · ${contender.name}: ${seconds.toFixed(2)} s, ${cpu.toFixed(2)} s of CPU\n`,
      );
    }
  }
  const rows = sum(Object.values(race.added));
  const results = race.contenders.map(({ name }) => judge(name, runs.get(name)!, race.files, rows));
  return { race: race.name, files: race.files, rows, rounds: race.rounds, results };
}

function judge(contender: string, runs: readonly Run[], files: number, rows: number): Result {
  const seconds = summarise(runs.map((run) => run.seconds));
  const reported = runs.flatMap((run) => (run.reported === undefined ? [] : [run.reported]));
  const rates = { filesPerSecond: files / seconds.median, rowsPerSecond: rows / seconds.median };
  const cpu = summarise(runs.map((run) => run.cpu));
  return { contender, runs, seconds, cpu, ...(reported.length > 0 ? { reported: summarise(reported) } : {}), ...rates };
}

function requireRows(race: Race, contender: Contender, contents: Contents): void {
  for (const [table, added] of Object.entries(race.added)) {
    const expected = added + (race.before[table] ?? 0);
    const found = contents[table]?.rows;
    if (found !== expected) {
      throw new Error(`${race.name}: ${contender.name} left ${found} rows in ${table}, not ${expected}.`);
    }
  }
}

function requireEqual(contender: Contender, agreed: Contents, contents: Contents): void {
  for (const [table, { hash }] of Object.entries(agreed)) {
    if (contents[table]?.hash !== hash) {
      throw new Error(`${contender.name} left other values in ${table} than the run before it.`);
    }
  }
}

export function turned<T>(items: readonly T[], by: number): readonly T[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
