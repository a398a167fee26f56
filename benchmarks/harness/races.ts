import { ensureDossiers } from '../data/dossiers.ts';
import { type CopyFiles, ensureCopyFiles, ensureRecordFiles, type RecordFiles } from '../data/record-files.ts';
import { RECORD_TABLES } from '../data/record-tables.ts';
import type { Cluster } from './cluster.ts';
import { type Contender, loadstone, lxmlLoader, psqlCopy, psqlCopyTwice, script } from './contenders.ts';
import { DOSSIER_COLUMNS, RECORD_COLUMNS, shapeOf } from './database.ts';
import type { Options } from './options.ts';
import { type Race, type RaceResult, runRace } from './rounds.ts';
import { BLANK, createRecordTemplates, EMPTY, EMPTY_WITHOUT_INDEXES, FILLED, shapeMadeBy } from './templates.ts';

/** Who can take part. */
export interface Field {
  readonly loadstone: boolean;
  readonly python: boolean;
}

const SEED = 1;
const SEED_OF_OTHER_ROWS = 2;
/** The script needs minutes for a round; more rounds than this say nothing new. */
const MOST_DOSSIER_ROUNDS = 3;
const SCRIPT_THREADS = 10;
const LXML_THREADS = 8;
const NOTHING = Object.fromEntries(RECORD_TABLES.map(({ name }) => [name, 0]));

export async function raceDossiers(cluster: Cluster, options: Options, field: Field): Promise<readonly RaceResult[]> {
  const { tools, data } = options;
  const race = async (name: string, files: number, threads: readonly number[]): Promise<RaceResult> => {
    const { folder, rows } = await ensureDossiers(data, `dossiers-${files}`, SEED, files);
    const contenders = [
      ...(field.loadstone ? [loadstone(tools, BLANK, folder, 'vn-land-records')] : []),
      ...(field.python ? threads.map((count) => script(tools, folder, count)) : []),
    ];
    const rounds = Math.min(options.rounds, MOST_DOSSIER_ROUNDS);
    return runRace(cluster, {
      name,
      contenders,
      added: rows,
      before: NOTHING,
      columns: DOSSIER_COLUMNS,
      files,
      rounds,
    });
  };
  return [
    await race('dossiers', options.dossiers, [SCRIPT_THREADS]),
    await race('dossiers, fewer', options.dossiersAlone, [1, SCRIPT_THREADS]),
  ];
}

export interface RecordRaces {
  readonly races: readonly RaceResult[];
  /** Keys, references and indexes of Loadstone's tables and of the ones the others load into. */
  readonly shapes: { readonly loadstone: readonly string[]; readonly others: readonly string[] };
}

export async function raceRecords(
  cluster: Cluster,
  options: Options,
  field: Field,
  wanted: Wanted,
): Promise<RecordRaces> {
  const { tools, data } = options;
  const set = { seed: SEED, total: options.records };
  const xml = await ensureRecordFiles(
    data,
    `records-${options.records}-${options.recordFiles}`,
    set,
    options.recordFiles,
  );
  const copy = await ensureCopyFiles(data, `copy-${SEED}-${options.records}`, set);
  const made = field.loadstone ? await shapeMadeBy(cluster, loadstone(tools, BLANK, xml.folder, xml.mapping)) : [];
  const referenceIndexes = made.length === 0 || made.some((line) => line.includes(': index '));
  await createRecordTemplates(cluster, tools, data, { ...set, seed: SEED_OF_OTHER_ROWS }, referenceIndexes);
  const races: RaceResult[] = [];
  if (wanted('new')) {
    const plain = referenceIndexes
      ? [psqlCopy(tools, EMPTY_WITHOUT_INDEXES, copy.folder, 'psql \\copy, 1 connection, no indexes on references')]
      : [];
    const contenders = recordContenders(options, field, xml, copy, BLANK, EMPTY);
    races.push(
      await runRace(cluster, recordRace('new tables', options, [...contenders, ...plain], copy.rows, NOTHING)),
    );
  }
  if (wanted('filled')) {
    const contenders = recordContenders(options, field, xml, copy, FILLED, FILLED);
    races.push(await runRace(cluster, recordRace('filled tables', options, contenders, copy.rows, copy.rows)));
  }
  return { races, shapes: { loadstone: made, others: await shapeOf(cluster, EMPTY) } };
}

export type Wanted = (name: string) => boolean;

function recordRace(
  name: string,
  options: Options,
  contenders: readonly Contender[],
  added: Race['added'],
  before: Race['before'],
): Race {
  return {
    name,
    contenders,
    added,
    before,
    columns: RECORD_COLUMNS,
    files: options.recordFiles,
    rounds: options.rounds,
  };
}

function recordContenders(
  { tools }: Options,
  field: Field,
  xml: RecordFiles,
  copy: CopyFiles,
  loadstoneFrom: string,
  othersFrom: string,
): readonly Contender[] {
  return [
    ...(field.loadstone ? [loadstone(tools, loadstoneFrom, xml.folder, xml.mapping)] : []),
    psqlCopy(tools, othersFrom, copy.folder),
    psqlCopyTwice(tools, othersFrom, copy.folder),
    ...(field.python ? [lxmlLoader(tools, othersFrom, xml.folder, xml.mapping, LXML_THREADS)] : []),
  ];
}
