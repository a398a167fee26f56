/** @returns the statement as a line of a script: DDL may come with or without its semicolon. */
export function statement(ddl: string): string {
  return `${ddl.trimEnd().replace(/;$/, '')};\n`;
}
