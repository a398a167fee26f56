export interface XmlDeclaration {
  readonly version: string;
  readonly encoding: string | undefined;
}

const S = '[ \\t\\r\\n]';
const EQ = `${S}*=${S}*`;
const DECLARATION = new RegExp(
  `^<\\?xml${S}+version${EQ}(["'])(?<version>1\\.[0-9]+)\\1` +
    `(?:${S}+encoding${EQ}(["'])(?<encoding>[A-Za-z][A-Za-z0-9._-]*)\\3)?` +
    `(?:${S}+standalone${EQ}(["'])(?:yes|no)\\5)?${S}*\\?>`,
);

/** Whether a document whose first characters are `head` has an XML declaration, well or badly written. */
export function startsWithDeclaration(head: string): boolean {
  return /^<\?xml[ \t\r\n]/.test(head);
}

/** @returns undefined when the document's first characters are not a correct declaration (production 23). */
export function parseDeclaration(head: string): XmlDeclaration | undefined {
  const groups = DECLARATION.exec(head)?.groups;
  if (groups?.version === undefined) return undefined;
  return { version: groups.version, encoding: groups.encoding };
}
