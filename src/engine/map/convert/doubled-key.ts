/** @returns a key that stands twice in one object of the JSON text, which must be well formed; undefined without one. */
export function doubledKey(json: string): string | undefined {
  /** Per object or array that is open its keys so far; null for an array. */
  const open: (Set<string> | null)[] = [];
  let isKey = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (character === '{' || character === '[') open.push(character === '{' ? new Set() : null);
    else if (character === '}' || character === ']') open.pop();
    if (character === '{' || character === ',') isKey = open.at(-1) != null;
    if (character !== '"') continue;
    const end = stringEnd(json, at);
    if (isKey) {
      const key = String(JSON.parse(json.slice(at, end)));
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
      isKey = false;
    }
    at = end - 1;
  }
  return undefined;
}

/** @returns the index behind the closing quotation mark. */
function stringEnd(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}
