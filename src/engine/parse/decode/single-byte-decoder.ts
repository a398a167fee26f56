import iconv from 'iconv-lite';
import { type ByteDecoder, NO_BYTES, UndecodableBytes } from './byte-decoder.ts';

/** For each byte its UTF-8 form (up to three bytes, least significant first) and that form's length; 0: undefined. */
interface SingleByteTable {
  readonly forms: Uint32Array;
  readonly lengths: Uint8Array;
}

const tables = new Map<string, SingleByteTable>();

/**
 * ISO-8859-x, windows-125x, KOI8 and the like, from iconv-lite's tables. These keep what WHATWG blurs: ISO-8859-1 is
 * itself and not windows-1252, and bytes that a code page leaves undefined are undecodable.
 */
export class SingleByteDecoder implements ByteDecoder {
  readonly encoding: string;
  readonly #table: SingleByteTable;
  #decoded = 0;

  constructor(encoding: string) {
    this.encoding = encoding;
    this.#table = tableOf(encoding);
  }

  decode(chunk: Buffer): Buffer {
    const { forms, lengths } = this.#table;
    const out = Buffer.allocUnsafe(chunk.length * 3);
    let to = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      const form = forms[byte] as number;
      const length = lengths[byte] as number;
      if (length === 0) throw new UndecodableBytes(this.encoding, this.#decoded + at, out.subarray(0, to));
      out[to] = form;
      if (length > 1) out[to + 1] = form >> 8;
      if (length > 2) out[to + 2] = form >> 16;
      to += length;
    }
    this.#decoded += chunk.length;
    return out.subarray(0, to);
  }

  end(): Buffer {
    return NO_BYTES;
  }
}

function tableOf(encoding: string): SingleByteTable {
  const known = tables.get(encoding);
  if (known) return known;
  const table = { forms: new Uint32Array(256), lengths: new Uint8Array(256) };
  for (let byte = 0; byte < 256; byte++) {
    const text = encoding === 'US-ASCII' && byte > 0x7f ? '\ufffd' : iconv.decode(Buffer.of(byte), encoding);
    if (text.length !== 1 || text === '\ufffd') continue;
    const form = Buffer.from(text, 'utf8');
    table.lengths[byte] = form.length;
    table.forms[byte] = form.readUIntLE(0, form.length);
  }
  tables.set(encoding, table);
  return table;
}
