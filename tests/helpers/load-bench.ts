import { afterEach, beforeEach } from 'vitest';
import type { MappingInput } from '#contract/mapping';
import type { UndoResult } from '#contract/undo';
import { createDatabase, type TestDatabase } from '#tests/helpers/database';
import type { TestServer } from '#tests/helpers/global-servers';
import {
  conflictLines,
  failureOf,
  type LoadChanges,
  type LoadRun,
  type Outcome,
  outcomeOf,
  rowsOf,
  runLoad,
  undoRun,
  writeFiles,
} from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

type Files = Readonly<Record<string, string | Buffer>>;

/** A database and a folder of its own for every test of the suite that calls this. */
export interface LoadBench {
  readonly folder: string;
  readonly database: TestDatabase;
  write(files: Files): void;
  sql(statement: string): Promise<Record<string, unknown>[]>;
  /** Loads the bench's folder and sums up. */
  load(mapping: MappingInput, changes?: LoadChanges): Promise<Outcome>;
  /** Loads the bench's folder and gives the run. */
  run(mapping: MappingInput, changes?: LoadChanges): Promise<LoadRun>;
  /** Loads the bench's folder, which must end with an error: its code. */
  failure(mapping: MappingInput, changes?: LoadChanges): Promise<string>;
  undo(run: LoadRun): Promise<UndoResult['tables']>;
  /** What the undo of a load left. */
  conflicts(run: LoadRun): Promise<string[]>;
  rows(table: string): Promise<string[]>;
}

export function loadBench(server: TestServer): LoadBench {
  let database: TestDatabase | undefined;
  let folder: ReturnType<typeof temporaryFolder> | undefined;
  const use = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the bench serves tests only');
    return value;
  };
  beforeEach(async () => {
    folder = temporaryFolder();
    database = await createDatabase(server);
  });
  afterEach(async () => {
    folder?.remove();
    await database?.expectNoConnections();
    await database?.drop();
  });
  return {
    get folder() {
      return use(folder).path;
    },
    get database() {
      return use(database);
    },
    write: (files) => writeFiles(use(folder).path, files),
    sql: (statement) => use(database).query(statement),
    load: (mapping, changes) => outcomeOf(use(database), use(folder).path, mapping, changes),
    run: (mapping, changes) => runLoad(use(database), use(folder).path, mapping, changes),
    failure: async (mapping, changes) =>
      (await failureOf(runLoad(use(database), use(folder).path, mapping, changes))).code,
    undo: (run) => undoRun(use(database), run),
    conflicts: (run) => conflictLines(use(database), run),
    rows: (table) => {
      const { query } = use(database);
      return rowsOf(async (sql) => await query<{ line: string }>(sql), table);
    },
  };
}

type Table = MappingInput['tables'][number];
type Column = Table['columns'][number];

/**
 * A mapped table in short. Columns: a type alone means the child element of the column's name. Records: the children of
 * the document's root named as the table.
 */
export function table(
  name: string,
  columns: Readonly<Record<string, string | Omit<Column, 'name'>>>,
  rest: Partial<Table> = {},
): Table {
  return {
    name,
    records: `/r/${name}`,
    columns: Object.entries(columns).map(([column, given]) => {
      if (typeof given === 'string') return { name: column, type: given, path: column };
      const hasOrigin = ['path', 'const', 'lookup', 'default'].some((key) => key in given);
      return { name: column, ...(hasOrigin ? {} : { path: column }), ...given };
    }),
    ...rest,
  };
}

export function mappingOf(...tables: readonly Table[]): MappingInput {
  return { version: 1, name: 'test', source: { format: 'xml' }, tables: [...tables] };
}

/** `<name><a>1</a></name>` from `element('name', { a: 1 })`. */
export function element(name: string, fields: Readonly<Record<string, string | number>>, inner = ''): string {
  const children = Object.entries(fields).map(([field, value]) => `<${field}>${value}</${field}>`);
  return `<${name}>${children.join('')}${inner}</${name}>\n`;
}

export function document(...parts: readonly string[]): string {
  return `<r>\n${parts.join('')}</r>\n`;
}
