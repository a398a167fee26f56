interface SqlToken {
  readonly kind: 'keyword' | 'name' | 'text' | 'plain';
  readonly text: string;
}

const KEYWORDS =
  'add alter as by cascade check column constraint create default deferrable delete exists foreign generated identity if index initially deferred immediate key no action not null on only primary references restrict schema set table to unique update using';
const TOKEN = new RegExp(
  `(?<text>'(?:[^']|'')*')|(?<name>"(?:[^"]|"")*")|(?<keyword>\\b(?:${KEYWORDS.replaceAll(' ', '|')})\\b)`,
  'gi',
);

/** Parts a statement for colouring; put together again the parts are the statement. */
export function sqlTokens(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  let end = 0;
  for (const found of sql.matchAll(TOKEN)) {
    if (found.index > end) tokens.push({ kind: 'plain', text: sql.slice(end, found.index) });
    const { text, name } = found.groups ?? {};
    const kind = text !== undefined ? 'text' : name !== undefined ? 'name' : 'keyword';
    tokens.push({ kind, text: found[0] });
    end = found.index + found[0].length;
  }
  if (end < sql.length) tokens.push({ kind: 'plain', text: sql.slice(end) });
  return tokens;
}
