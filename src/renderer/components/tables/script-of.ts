/** Statements as one script. */
export function scriptOf(ddl: readonly string[]): string {
  return ddl.map((statement) => `${statement.replace(/;\s*$/, '')};`).join('\n\n');
}
