import { badValue } from './converter.ts';

/** uuid in every form PostgreSQL reads: any case, in braces, a hyphen after any four digits or none. */
export function convertUuid(text: string) {
  if (text.length === 32 && hexEnd(text, 0) === 32) return grouped(text);
  const braced = text.charCodeAt(0) === 0x7b && text.endsWith('}');
  const body = braced ? text.slice(1, -1) : text;
  let digits = '';
  for (let index = 0; index < body.length; index++) {
    const unit = body.charCodeAt(index);
    if (isHexDigit(unit)) digits += body[index];
    else if (unit !== 0x2d || !mayBreak(digits.length, body.charCodeAt(index - 1))) return notUuid();
  }
  if (digits.length !== 32) return notUuid();
  return grouped(digits);
}

function grouped(digits: string): string {
  const hex = digits.toLowerCase();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function mayBreak(digitsSoFar: number, unitBefore: number): boolean {
  return digitsSoFar > 0 && digitsSoFar < 32 && digitsSoFar % 4 === 0 && unitBefore !== 0x2d;
}

/** @returns the index of the first character from `start` that is not a hexadecimal digit. */
export function hexEnd(text: string, start: number): number {
  let index = start;
  while (index < text.length && isHexDigit(text.charCodeAt(index))) index++;
  return index;
}

function isHexDigit(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x46) || (unit >= 0x61 && unit <= 0x66);
}

function notUuid() {
  return badValue('is not a UUID: 32 hexadecimal digits, with or without hyphens between groups of four');
}
