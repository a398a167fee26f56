import { LoadstoneError } from '#contract/errors';
import { badValue, type ConvertText } from './converter.ts';
import { hexEnd } from './uuid.ts';

const NOTATIONS = ['hex', 'base64'] as const;
type Notation = (typeof NOTATIONS)[number];

/**
 * bytea from hexadecimal digits (also after `\x` or `0x`) or base64 (line breaks allowed). Some texts are both; the
 * first notation of `formats` that fits reads them, hex first when `formats` is left out.
 */
export function byteaConverter(formats: readonly string[] | undefined, place: string): ConvertText {
  const notations = (formats ?? NOTATIONS).map((format) => notation(format, place));
  return (text) => {
    const prefixed = text.startsWith('\\x') || text.startsWith('0x');
    if (prefixed && isHex(text, 2)) return `\\x${text.slice(2).toLowerCase()}`;
    for (const name of notations) {
      if (name === 'hex' && isHex(text, 0)) return `\\x${text.toLowerCase()}`;
      if (name === 'base64') {
        const compact = text.replace(/\s+/g, '');
        const bytes = Buffer.from(compact, 'base64');
        if (bytes.toString('base64') === compact) return `\\x${bytes.toString('hex')}`;
      }
    }
    return badValue(`is neither ${notations.join(' nor ')}`);
  };
}

function notation(format: string, place: string): Notation {
  const found = NOTATIONS.find((name) => name === format);
  if (found !== undefined) return found;
  throw new LoadstoneError({
    code: 'MAPPING_INVALID',
    message: `${place}: the format "${format}" does not fit a bytea column.`,
    remedy: 'Write "hex", "base64", or both in the order they are to be tried.',
  });
}

function isHex(text: string, start: number): boolean {
  return (text.length - start) % 2 === 0 && hexEnd(text, start) === text.length;
}
