import { loadModel, type MergedLoad, type ModelFile, type ModelTable, type State, type Values } from './model.ts';

/** Whether a table of the database refuses a row. */
export type Refuses = (table: string, values: Values) => boolean;

/**
 * What a load does when the database refuses rows: of the records that made a row what it is, the last one is rejected,
 * and what hangs on it follows; everything else goes in.
 */
export function loadRefused(
  tables: readonly ModelTable[],
  state: State,
  files: readonly ModelFile[],
  refuses: Refuses,
): MergedLoad {
  for (let current = files; ; ) {
    const merged = loadModel(tables, state, current, 0);
    const blamed = blame(tables, merged, refuses);
    if (blamed.size === 0) return merged;
    current = current.map((file) => ({
      ...file,
      records: file.records.map((record) => (blamed.has(record) ? { ...record, flaw: 'CONSTRAINT' as const } : record)),
    }));
  }
}

/** Tables are filled in order: what is refused in one decides about the next. */
function blame(tables: readonly ModelTable[], merged: MergedLoad, refuses: Refuses): ReadonlySet<unknown> {
  for (const { name } of tables) {
    const written = [...(merged.changes.get(name)?.last ?? [])];
    const refused = written.filter(([key]) => refuses(name, merged.state.get(name)?.get(key)?.values ?? {}));
    if (refused.length > 0) return new Set(refused.map(([, record]) => record));
  }
  return new Set();
}

/** With --on-error file, a file of which any row is rejected fails as a whole; then the others are judged without it. */
export function loadRefusedFiles(
  tables: readonly ModelTable[],
  state: State,
  files: readonly ModelFile[],
  refuses: Refuses,
): { readonly merged: MergedLoad; readonly failed: readonly string[] } {
  let loaded = files.filter(({ records }) => records.every(({ flaw }) => flaw === null));
  for (;;) {
    const merged = loadRefused(tables, state, loaded, refuses);
    const good = loaded.filter((file) => !merged.rejectedIn.has(file.path));
    if (good.length === loaded.length) {
      const paths = new Set(good.map(({ path }) => path));
      return { merged, failed: files.map(({ path }) => path).filter((path) => !paths.has(path)) };
    }
    loaded = good;
  }
}
