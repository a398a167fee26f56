/** Columns that every PostgreSQL table has, hidden: no other can have one of these names, quoted or not. */
export const SYSTEM_COLUMNS: ReadonlySet<string> = new Set(['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid']);

/** PostgreSQL holds 1,600; the tables of the staging have a few of their own beside a table's. */
export const MOST_COLUMNS = 1_590;
