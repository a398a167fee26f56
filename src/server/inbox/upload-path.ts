import { HttpFailure } from '../http-failure.ts';

const MOST_BYTES = 4_096;
/** Devices of Windows, with any extension. Elsewhere these are names like any other ("con" is Vietnamese for child). */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
/** What Windows forbids in a name, or silently takes off its end. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\u0000-\u001f<>:"|?*\\]|[. ]$/;

/**
 * Reads the path of a dropped file, as `commune/xml/1.xml`. Letters stay as they are, composed or not: they are part of
 * the names that the load reports.
 * @returns its parts, safe to be joined below a folder
 * @throws HttpFailure 400
 */
export function uploadPath(text: string, windows: boolean = process.platform === 'win32'): readonly string[] {
  const size = Buffer.byteLength(text);
  if (size > MOST_BYTES) throw refused(`${text.slice(0, 60)}…`, `it is ${size} bytes long, ${MOST_BYTES} are allowed`);
  if (text.includes('\0')) throw refused(text, 'it holds a null character');
  if (!text.isWellFormed()) throw refused(text.toWellFormed(), 'it is no well-formed Unicode');
  if (/^[a-z]:[/\\]/i.test(text)) throw refused(text, 'it begins with a drive');
  const parts = text.split('/');
  for (const part of parts) {
    if (part === '' || part === '.' || part === '..') throw refused(text, 'it is not a plain relative path');
    if (windows && (RESERVED.test(part) || FORBIDDEN.test(part))) throw refused(text, `Windows cannot store "${part}"`);
  }
  return parts;
}

function refused(path: string, why: string): HttpFailure {
  return new HttpFailure(400, {
    code: 'UPLOAD_FAILED',
    message: `${JSON.stringify(path)} cannot be uploaded: ${why}.`,
    remedy: 'Rename it, or choose the folder from the list of folders instead of dropping it.',
  });
}
