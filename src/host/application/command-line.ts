import type { ConnectionRef } from '#contract/connection';
import type { LoadSpec, MaxRejects } from '#contract/load';
import type { TablesSpec } from '#contract/tables-plan';

interface CommandNames {
  /** A preset's name, or a mapping file. */
  readonly mapping: string;
  /** The name under which the server is saved. */
  readonly savedAs: string | undefined;
  readonly platform: NodeJS.Platform;
}

const DEFAULT_BATCH = 20_000;

type Option = readonly [name: string, value?: string | undefined];

/** Where to, as every command is told it. */
function targetOptions({ connection, schema }: Pick<LoadSpec, 'connection' | 'schema'>, savedAs: string | undefined) {
  return [
    ...(connection.kind === 'server' ? [['--to', savedAs ?? serverUrl(connection)] as const] : []),
    ...(schema === undefined ? [] : [['--schema', schema] as const]),
  ];
}

/** The command that creates and alters the same tables. @param script the file that somebody's own DDL stands in. */
export function tablesCommandLine(
  spec: TablesSpec,
  { mapping, savedAs, platform }: CommandNames,
  script: string | undefined,
): string {
  const options: readonly Option[] = [
    ['--mapping', mapping],
    ...targetOptions(spec, savedAs),
    ...(spec.policy === 'evolve' ? [] : [['--policy', spec.policy] as const]),
    ...(script === undefined ? [] : [['--ddl', script] as const]),
  ];
  const words = ['loadstone', 'tables', 'create', ...options.flat()];
  return words.map((word) => quoteWord(word ?? '', platform)).join(' ');
}

/** The command that loads the rejects of a job again. */
export function retryCommandLine(
  { workers, dryRun }: LoadSpec,
  job: number,
  { mapping, platform }: CommandNames,
): string {
  const options = ['--mapping', mapping, '--workers', String(workers), ...(dryRun ? ['--dry-run'] : [])];
  return ['loadstone', 'rejects', 'retry', String(job), ...options].map((word) => quoteWord(word, platform)).join(' ');
}

/**
 * The command that loads the same; what is as the command line has it anyway is left out. It holds no password.
 * @param resolutions the file that they stand in.
 */
export function commandLine(
  spec: LoadSpec,
  { mapping, savedAs, platform }: CommandNames,
  resolutions: string | undefined,
): string {
  const { onConflict, onError, maxRejects, batchSize, limit } = spec;
  const options: readonly Option[] = [
    ['--mapping', mapping],
    ...targetOptions(spec, savedAs),
    ...(onConflict === undefined ? [] : [['--on-conflict', onConflict] as const]),
    ...(resolutions === undefined ? [] : [['--resolutions', resolutions] as const]),
    ...(spec.review ? [['--review'] as const] : []),
    ...(onError === 'row' ? [] : [['--on-error', onError] as const]),
    ...(maxRejects === undefined ? [] : [['--max-rejects', limitText(maxRejects)] as const]),
    ['--workers', String(spec.workers)],
    ...(batchSize === DEFAULT_BATCH ? [] : [['--batch-size', String(batchSize)] as const]),
    ...(limit === undefined ? [] : [['--limit', String(limit)] as const]),
    ...(spec.dryRun ? [['--dry-run'] as const] : []),
    ...(spec.skipLoaded ? [] : [['--no-skip-loaded'] as const]),
  ];
  const words = ['loadstone', 'load', ...spec.paths.map(notAnOption), ...options.flat()];
  return words.map((word) => quoteWord(word ?? '', platform)).join(' ');
}

/**
 * A word as the user's shell takes it: a POSIX shell, or PowerShell on Windows. Quotes stand only where they are needed.
 * In single quotes neither knows an escape, apart from how each writes the quote itself.
 */
export function quoteWord(word: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return /^[\w./\\:=@+-]+$/.test(word) ? word : `'${word.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Paths are absolute, so none begins with a dash; but a path of another machine's ledger may be anything. */
function notAnOption(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

function serverUrl(ref: Extract<ConnectionRef, { readonly kind: 'server' }>): string {
  const encode = encodeURIComponent;
  const secret = ref.passwordVariable === undefined ? '' : `:\${${ref.passwordVariable}}`;
  const login = `${encode(ref.user)}${secret}`;
  const database = encode(ref.database);
  if (ref.host.startsWith('/')) {
    return `postgres://${login}@:${ref.port}/${database}?host=${encode(ref.host)}&sslmode=${ref.ssl}`;
  }
  const host = ref.host.includes(':') ? `[${ref.host}]` : ref.host;
  return `postgres://${login}@${host}:${ref.port}/${database}${ref.ssl === 'prefer' ? '' : `?sslmode=${ref.ssl}`}`;
}

function limitText(limit: MaxRejects): string {
  return 'rows' in limit ? String(limit.rows) : `${limit.percent}%`;
}
