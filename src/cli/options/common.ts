import type { Command } from 'commander';
import type { RejectedRecord } from '#contract/api/reject-pages';
import type { AuditAction } from '#contract/audit-actions';
import type { MaxRejects } from '#contract/load';
import type { ConflictPolicy } from '#contract/mapping';
import type { RejectGrouping } from '#contract/reject-groupings';
import type { TablesPolicy } from '#contract/tables-plan';
import type { CsvOptions } from './csv.ts';
import type { ResolutionsOptions } from './resolutions.ts';
import { byteCount } from './sizes.ts';
import { maxRejects, oneOf, schemaName, wholeNumber } from './values.ts';

/** Hears the exit code of the command that ran. */
export type Ended = (code: number) => void;

/** The examples below a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

export interface OutputOptions {
  readonly json?: true;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

interface TargetOptions {
  readonly to?: string;
  readonly schema?: string;
}

interface MappingOptions {
  readonly mapping?: string;
}

interface PolicyOptions {
  readonly onConflict?: ConflictPolicy;
}

interface PoolOptions {
  readonly pool: number;
}

export interface PreviewOptions extends OutputOptions, TargetOptions, MappingOptions, PolicyOptions {
  readonly rows: number;
  readonly limit?: number;
}

export interface TablesOptions extends OutputOptions, TargetOptions, MappingOptions {
  readonly policy: TablesPolicy;
}

export interface TablesCreateOptions extends TablesOptions {
  readonly dryRun?: true;
  readonly ddl?: string;
  readonly out?: string;
}

export interface ResumeOptions extends OutputOptions, PoolOptions {}

export interface UndoOptions extends OutputOptions {
  readonly dryRun?: true;
}

export interface PruneOptions extends OutputOptions, Pick<TargetOptions, 'to'> {
  /** Days. */
  readonly olderThan?: number;
  readonly dryRun?: true;
}

export interface TraceOptions extends OutputOptions, TargetOptions {}

export interface RejectsOptions extends OutputOptions {
  readonly out?: string;
  readonly limit?: number;
  readonly groupBy?: RejectGrouping;
  readonly record?: RejectedRecord;
  readonly state?: 'open' | 'fixed' | 'all';
}

export interface RetryOptions extends OutputOptions, MappingOptions, PoolOptions {
  readonly workers?: number;
  readonly dryRun?: true;
}

export interface AuditOptions extends OutputOptions {
  readonly to?: string;
  readonly action?: AuditAction;
  /** ISO 8601. */
  readonly since?: string;
  readonly text?: string;
  readonly out?: string;
  readonly limit?: number;
}

/** How to look at files that come without a mapping. */
export interface GuessOptions {
  readonly format?: (typeof FORMATS)[number];
  /** Bytes. */
  readonly sample?: number;
  readonly xsd?: string;
}

export interface InferOptions extends OutputOptions, GuessOptions, CsvOptions {
  readonly out?: string;
}

export interface LoadOptions
  extends OutputOptions,
    TargetOptions,
    MappingOptions,
    PolicyOptions,
    PoolOptions,
    GuessOptions,
    ResolutionsOptions {
  readonly onError: 'row' | 'file' | 'abort';
  readonly maxRejects?: MaxRejects;
  readonly workers?: number;
  readonly batchSize: number;
  readonly limit?: number;
  readonly dryRun?: true;
  readonly review?: true;
  readonly skipLoaded: boolean;
  readonly yes?: true;
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
const FORMATS = ['xml', 'csv', 'json'] as const;
const POLICIES = ['skip', 'overwrite', 'merge', 'fail'] as const satisfies readonly ConflictPolicy[];
const ON_ERROR = ['row', 'file', 'abort'] as const;

/** The engine's own limits, said before anything starts. */
const MOST_WORKERS = 64;
/** A load keeps one for its lock and its merge, and stages over another. */
const LEAST_CONNECTIONS = 2;
const MOST_CONNECTIONS = 100;
const MOST_BATCHED_ROWS = 1_000_000;

export function addOutputOptions(command: Command): Command {
  return command
    .option('--json', 'print exactly one JSON document to standard output')
    .option('--log-level <level>', 'debug, info, warn, error or silent', oneOf('--log-level', LOG_LEVELS), 'warn');
}

export function addTargetOptions(command: Command): Command {
  return addServerOption(command).option('--schema <name>', 'schema of the tables whose name has none', schemaName);
}

export function addServerOption(command: Command): Command {
  return command.option(
    '--to <server>',
    'a saved connection, or postgres://user@host:port/database (default: the embedded database)',
  );
}

export function addMappingOption(command: Command): Command {
  return command.option('--mapping <preset or file>', 'how records become rows');
}

/** For files without a mapping. */
export function addInferOptions(command: Command): Command {
  return command
    .option('--format <format>', 'xml, csv or json (default: what most files are)', oneOf('--format', FORMATS))
    .option('--sample <size>', 'look at about this much, from everywhere (default: everything)', byteCount('--sample'))
    .option('--xsd <file>', 'an XML Schema that says more about types, keys and what is required');
}

export function addPolicyOption(command: Command): Command {
  const parse = oneOf('--on-conflict', POLICIES);
  return command.option('--on-conflict <policy>', 'skip, overwrite, merge or fail, for every table', parse);
}

export function addPoolOption(command: Command): Command {
  const parse = wholeNumber('--pool', LEAST_CONNECTIONS, MOST_CONNECTIONS);
  return command.option('--pool <n>', 'most connections to the server at one time', parse, 5);
}

export function addLimitOption(command: Command, what: string): Command {
  return command.option('--limit <n>', what, wholeNumber('--limit', 1, 1_000_000_000));
}

export function addWorkersOption(command: Command): Command {
  const workers = wholeNumber('--workers', 1, MOST_WORKERS);
  return command.option(
    '--workers <n>',
    'processes that read files (default: one per core, at most the pool)',
    workers,
  );
}

/** What only a load takes. */
export function addRunOptions(command: Command): Command {
  const batch = wholeNumber('--batch-size', 1, MOST_BATCHED_ROWS);
  command
    .option('--on-error <what>', 'row, file or abort: what a bad value costs', oneOf('--on-error', ON_ERROR), 'row')
    .option('--max-rejects <n or n%>', 'give up, with nothing merged, when more rows are rejected', maxRejects);
  return addWorkersOption(command)
    .option('--batch-size <n>', 'rows buffered per table and COPY', batch, 20_000)
    .option('--dry-run', 'stage, check and report, then discard')
    .option('--no-skip-loaded', 'load files again that were loaded before');
}
