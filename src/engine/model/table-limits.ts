/** Columns that every PostgreSQL table has, hidden: no other can have one of these names, quoted or not. */
export const SYSTEM_COLUMNS: ReadonlySet<string> = new Set(['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid']);
