/** What a start tag of the document's own text (not of an entity) tells that libxml2's tree does not. */
export interface WrittenTag {
  /** The line of its `<`. libxml2 keeps the line of its `>`, and none above 65,535. */
  readonly line: number;
  /** Entities referred to in its attributes, the predefined ones left out. */
  readonly entities: readonly string[];
}

const DOCTYPE = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE/g;
/** Inside an internal subset: what may hold "]" or ">" without meaning it. */
const SUBSET_PART = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|"[^"]*"|'[^']*'|[[\]>]/g;
const BODY_PART =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<[^!?/](?:[^>"']+|"[^"]*"|'[^']*')*>|\r\n?|\n/g;

/** The start tags of a well-formed document with a DOCTYPE, in order. `text` may be its UTF-8 read as latin-1. */
export function* writtenTags(text: string): Generator<WrittenTag, undefined> {
  BODY_PART.lastIndex = 0;
  let line = 1;
  let at = endOfDoctype(text);
  line += lineEndsIn(text.slice(0, at));
  for (;;) {
    BODY_PART.lastIndex = at;
    const match = BODY_PART.exec(text);
    if (!match) return undefined;
    const part = match[0];
    at = BODY_PART.lastIndex;
    if (part.startsWith('<') && part[1] !== '!' && part[1] !== '?') yield { line, entities: entitiesIn(part) };
    line += lineEndsIn(part);
  }
}

function endOfDoctype(text: string): number {
  DOCTYPE.lastIndex = 0;
  while (DOCTYPE.exec(text)?.[0] !== '<!DOCTYPE') {
    if (DOCTYPE.lastIndex === 0) return 0;
  }
  SUBSET_PART.lastIndex = DOCTYPE.lastIndex;
  let depth = 0;
  for (let match = SUBSET_PART.exec(text); match; match = SUBSET_PART.exec(text)) {
    if (match[0] === '[') depth++;
    else if (match[0] === ']') depth--;
    else if (match[0] === '>' && depth === 0) return SUBSET_PART.lastIndex;
  }
  return text.length;
}

function lineEndsIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) count++;
  }
  return count;
}

const PREDEFINED = new Set(['lt', 'gt', 'amp', 'quot', 'apos']);

function entitiesIn(tag: string): readonly string[] {
  if (!tag.includes('&')) return [];
  const names = Array.from(tag.matchAll(/&([^#;&][^;&]*);/g), (match) => match[1] ?? '');
  return names.filter((name) => !PREDEFINED.has(name));
}
