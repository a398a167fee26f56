import { LoadstoneError } from '#contract/errors';

/** PostgreSQL cuts longer identifiers silently (NAMEDATALEN - 1), so that two names could become one. */
const MAX_IDENTIFIER_BYTES = 63;

/**
 * The one way a name gets into SQL text: always quoted, so that its case and any character survive.
 * @throws LoadstoneError CONFIG_INVALID for names PostgreSQL cannot hold.
 */
export function quoteIdentifier(name: string): string {
  assertStorable(name, 'name');
  if (name === '') throw refused('A name is empty', 'Give the table, column or schema a name.');
  const bytes = Buffer.byteLength(name);
  if (bytes > MAX_IDENTIFIER_BYTES) {
    throw refused(
      `The name ${JSON.stringify(name)} has ${bytes} bytes; PostgreSQL keeps ${MAX_IDENTIFIER_BYTES} and would cut the rest`,
      `Choose a name of at most ${MAX_IDENTIFIER_BYTES} bytes (accented letters take two or three).`,
    );
  }
  return `"${name.replaceAll('"', '""')}"`;
}

/** `"schema"."name"`; without a schema the name alone, which the search path resolves. */
export function quoteQualified(schema: string | undefined, name: string): string {
  return schema === undefined ? quoteIdentifier(name) : `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

/** A text constant, for the few places that take no parameter (DDL, COPY options). Safe with either standard_conforming_strings. */
export function quoteLiteral(text: string): string {
  assertStorable(text, 'text');
  const doubled = text.replaceAll("'", "''");
  return doubled.includes('\\') ? `E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
}

function assertStorable(text: string, what: string): void {
  if (text.includes('\0')) {
    throw refused(
      `The ${what} ${JSON.stringify(text)} holds a NUL character`,
      'Remove it: PostgreSQL cannot store it.',
    );
  }
  // Node would send a lone surrogate as U+FFFD: another name than the one asked for.
  if (!text.isWellFormed()) {
    throw refused(`The ${what} ${JSON.stringify(text)} holds half a character (a lone surrogate)`, 'Correct the text.');
  }
}

function refused(message: string, remedy: string): LoadstoneError {
  return new LoadstoneError({ code: 'CONFIG_INVALID', message: `${message}.`, remedy });
}
