import { type BadValue, badValue, type ConvertText } from './converter.ts';

/**
 * text, varchar(n) and char(n). Length counts characters (code points) as PostgreSQL does; what is too long is never
 * cut, trailing spaces included.
 */
export function textConverter(length: number | null): ConvertText {
  const most = length ?? Number.POSITIVE_INFINITY;
  return (text) => {
    if (text.length > most) {
      const characters = countCharacters(text);
      if (characters > most) return tooLong(characters, most);
    }
    return unstorable(text) ?? text;
  };
}

/** @returns the objection to characters no PostgreSQL text can hold, or undefined. */
export function unstorable(text: string): BadValue | undefined {
  const zero = text.indexOf('\0');
  if (zero >= 0) return badValue(`holds the character U+0000 at position ${zero + 1}, which PostgreSQL cannot store`);
  if (!text.isWellFormed()) return badValue('holds half of a surrogate pair, which is not a character');
  return undefined;
}

function tooLong(characters: number, most: number): BadValue {
  return { code: 'TOO_LONG', message: `has ${characters} characters, the column holds ${most}` };
}

function countCharacters(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    if ((text.charCodeAt(index) & 0xfc00) !== 0xd800) continue;
    if ((text.charCodeAt(index + 1) & 0xfc00) !== 0xdc00) continue;
    count--;
    index++;
  }
  return count;
}
