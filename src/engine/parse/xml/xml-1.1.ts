import { Cursor } from './cursor.ts';
import { parseDeclaration } from './xml-declaration.ts';

/** Characters that XML 1.1 wants written as references, though XML 1.0 allows them. */
const RESTRICTED = /[\u007f-\u0084\u0086-\u009f]/;
/** Line ends that XML 1.1 adds. */
const NEW_LINE_ENDS = /\r\u0085|\u0085|\u2028/g;

/**
 * libxml2 knows XML 1.0 only. A document of version 1.1 is brought as near as can be: its own line ends become line
 * feeds and its restricted characters are refused. References to control characters stay refused, as in XML 1.0.
 * A document of version 1.0 is returned as it is.
 */
export function asXml10(document: Buffer, path: string): Buffer {
  const head = document.toString('latin1', 0, 4096);
  if (parseDeclaration(head)?.version !== '1.1') return document;
  const text = document.toString('utf8');
  const restricted = RESTRICTED.exec(text);
  if (restricted) refuse(document, Buffer.byteLength(text.slice(0, restricted.index)), path);
  return Buffer.from(text.replace('1.1', '1.0').replace(NEW_LINE_ENDS, '\n'), 'utf8');
}

function refuse(document: Buffer, at: number, path: string): never {
  const cursor = new Cursor();
  cursor.reset(path);
  cursor.feed(document, true, document.length);
  return cursor.fail(at, 'XML 1.1 wants control characters written as references');
}
