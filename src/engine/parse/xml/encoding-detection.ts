import { detectByteOrderMark } from '../decode/byte-order-mark.ts';
import type { DetectedEncoding } from '../decode/forced-encoding.ts';
import { notWellFormed } from './failures.ts';
import { parseDeclaration, startsWithDeclaration } from './xml-declaration.ts';

/** A declaration longer than this is not looked into for an encoding. */
const LONGEST_DECLARATION = 4096;
const SHORTEST_DECLARATION = '<?xml ';

/**
 * The encoding of an XML document: its byte order mark, else the byte pattern of UTF-16, else its XML declaration, else
 * UTF-8 (XML 1.0, appendix F). A declaration that contradicts mark or pattern is an error (section 4.3.3).
 * @param head the first bytes of the document.
 * @param complete whether nothing follows `head`.
 * @returns undefined when more bytes are needed.
 */
export function detectXmlEncoding(head: Buffer, complete: boolean, path: string): DetectedEncoding | undefined {
  if (head.length < 4 && !complete) return undefined;
  const mark = detectByteOrderMark(head);
  const markLength = mark?.length ?? 0;
  const seen = mark?.encoding ?? utf16Pattern(head);
  if (seen === 'UTF-32') return { encoding: seen, markLength };
  const text = textOf(head.subarray(markLength), seen);
  if (!complete && isUnfinishedDeclaration(text)) return undefined;
  const declared = parseDeclaration(text)?.encoding;
  if (declared !== undefined && contradicts(declared, seen)) throw contradiction(path, declared, seen);
  return { encoding: seen ?? declared ?? 'UTF-8', markLength };
}

/** `<` followed by any ASCII character, in two bytes each. */
function utf16Pattern(head: Buffer): 'UTF-16LE' | 'UTF-16BE' | undefined {
  if (head[0] === 0x3c && head[1] === 0 && head[2] !== 0 && head[3] === 0) return 'UTF-16LE';
  if (head[0] === 0 && head[1] === 0x3c && head[2] === 0 && head[3] !== 0) return 'UTF-16BE';
  return undefined;
}

function textOf(bytes: Buffer, encoding: string | undefined): string {
  if (!encoding?.startsWith('UTF-16')) return bytes.toString('latin1', 0, LONGEST_DECLARATION);
  const units = Buffer.from(bytes.subarray(0, Math.min(bytes.length & ~1, LONGEST_DECLARATION * 2)));
  return (encoding === 'UTF-16BE' ? units.swap16() : units).toString('utf16le');
}

function isUnfinishedDeclaration(text: string): boolean {
  if (text.length < SHORTEST_DECLARATION.length) return SHORTEST_DECLARATION.startsWith(text);
  return startsWithDeclaration(text) && !text.includes('?>') && text.length < LONGEST_DECLARATION;
}

/** @param seen what mark or pattern tell; undefined: one byte per ASCII character. */
function contradicts(declared: string, seen: string | undefined): boolean {
  if (seen === 'UTF-8') return !/^utf-?8$/i.test(declared);
  const declaresWide = /^(utf-?16|utf-?32|ucs-?[24]|iso-10646-ucs-[24])/i.test(declared);
  return declaresWide !== (seen !== undefined);
}

function contradiction(path: string, declared: string, seen: string | undefined): Error {
  return notWellFormed(
    { path, line: 1, column: 1 },
    `The document declares the encoding "${declared}", but its bytes are ${seen ?? `not ${declared}`}.`,
    'Name the encoding the file is really in with source.encoding, or correct its declaration. Nothing of it was loaded.',
  );
}
