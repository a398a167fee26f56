export interface ByteOrderMark {
  readonly encoding: 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'UTF-32';
  readonly length: number;
}

/** The byte order mark that `head`, the first bytes of a file, begins with. */
export function detectByteOrderMark(head: Buffer): ByteOrderMark | undefined {
  const [first, second, third, fourth] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'UTF-8', length: 3 };
  if (first === 0xff && second === 0xfe) {
    return third === 0 && fourth === 0 ? { encoding: 'UTF-32', length: 4 } : { encoding: 'UTF-16LE', length: 2 };
  }
  if (first === 0xfe && second === 0xff) return { encoding: 'UTF-16BE', length: 2 };
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return { encoding: 'UTF-32', length: 4 };
  return undefined;
}
