const NAME = String.raw`((?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)(?:\s*\.\s*(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*))*)`;

const OPENINGS: readonly RegExp[] = [
  String.raw`create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?${NAME}`,
  String.raw`alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?${NAME}`,
  String.raw`create\s+(?:unique\s+)?index\b[\s\S]*?\son\s+(?:only\s+)?${NAME}`,
  String.raw`comment\s+on\s+table\s+${NAME}`,
].map((opening) => new RegExp(`^${opening}`, 'iu'));
const COLUMN_COMMENT = new RegExp(String.raw`^comment\s+on\s+column\s+${NAME}`, 'iu');
const PART = /"((?:[^"]|"")*)"|[^\s."]+/gu;

/** The table that a statement of DDL is about, `schema.table` as people read it; undefined where it is about none. */
export function statementTable(sql: string): string | undefined {
  const column = COLUMN_COMMENT.exec(sql)?.[1];
  if (column !== undefined) return partsOf(column).slice(0, -1).join('.') || undefined;
  for (const opening of OPENINGS) {
    const name = opening.exec(sql)?.[1];
    if (name !== undefined) return partsOf(name).join('.');
  }
  return undefined;
}

function partsOf(name: string): string[] {
  return [...name.matchAll(PART)].map(([plain, quoted]) => quoted?.replaceAll('""', '"') ?? plain);
}
