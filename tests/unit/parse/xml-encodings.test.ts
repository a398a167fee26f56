import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { parseChunks, parseWhole } from './support.ts';

const document = (encoding: string, text: string) => `<?xml version="1.0" encoding="${encoding}"?>\n<r>${text}</r>`;
const heardOf = (text: string) => [['open', 'r'], ['text', text], ['close']];

/** Both ways: at once, and cut at every place into two and into single bytes. */
async function expectText(bytes: Buffer, text: string, encoding = 'auto') {
  expect(await parseWhole(bytes, { encoding })).toMatchObject({ error: undefined, heard: heardOf(text) });
  for (const first of [1, 2, 3, 5, bytes.length - 8, bytes.length - 7, bytes.length - 6]) {
    const { heard, error } = await parseChunks(bytes, [Math.max(1, first), bytes.length], { encoding });
    expect({ first, heard, error }).toEqual({ first, heard: heardOf(text), error: undefined });
  }
  expect((await parseChunks(bytes, [1], { encoding })).heard).toEqual(heardOf(text));
}

describe('an XML document', () => {
  it.each([
    ['ISO-8859-1', 'é\u0080\u009f'],
    ['ISO-8859-2', 'Łódź'],
    ['ISO-8859-5', 'Кадастр'],
    ['ISO-8859-7', 'Ελλάδα'],
    ['ISO-8859-15', '€ œuvre'],
    ['windows-1250', 'Příliš žluťoučký'],
    ['windows-1251', 'Земля'],
    ['windows-1252', '“50 €”'],
    ['windows-1254', 'ığüş'],
    ['KOI8-R', 'участок'],
    ['Shift_JIS', '大字コード ｱｲｳ 表'],
    ['EUC-JP', '土地登記 大字'],
    ['GBK', '土地使用权'],
    ['GB18030', '土地使用权 𠀀'],
    ['Big5', '土地登記'],
    ['EUC-KR', '토지대장'],
  ])('in %s is read as declared, wherever chunks are cut', async (encoding, text) => {
    await expectText(iconv.encode(document(encoding, text), encoding), text);
  });

  it('in ISO-2022-JP is read as declared', async () => {
    const [before, after] = document('ISO-2022-JP', '|').split('|') as [string, string];
    const bytes = Buffer.from(`${before}\x1b$BEZCO\x1b(B 1\x1b$BEZ\x1b(B${after}`, 'latin1');
    await expectText(bytes, '土地 1土');
  });

  it('in windows-1258 keeps base letters and combining marks as they are', async () => {
    const text = 'Nguyê\u0303n Thi\u0323 Hồ\u0300ng'.replace('ồ', 'ô');
    await expectText(iconv.encode(document('windows-1258', text), 'windows-1258'), text);
    expect(text).not.toBe(text.normalize('NFC'));
  });

  it.each(['UTF-16LE', 'UTF-16BE'])(
    'in %s is read with and without byte order mark and declaration',
    async (encoding) => {
      const text = 'thôn Hiền Lương 𠀀';
      for (const addBOM of [true, false]) {
        await expectText(iconv.encode(document('UTF-16', text), encoding, { addBOM }), text);
        await expectText(iconv.encode(`<r>${text}</r>`, encoding, { addBOM }), text);
      }
    },
  );

  it('in UTF-8 may begin with a byte order mark, which is no text', async () => {
    await expectText(Buffer.from(`\ufeff${document('utf-8', 'ạ')}`), 'ạ');
  });

  it('is read in the encoding the user names, whatever it declares', async () => {
    await expectText(iconv.encode(document('UTF-8', 'Łódź'), 'ISO-8859-2'), 'Łódź', 'iso-8859-2');
    await expectText(Buffer.from(document('UTF-16', 'ạ')), 'ạ', 'utf8');
    await expectText(iconv.encode(document('UTF-8', 'ạ'), 'UTF-16BE', { addBOM: true }), 'ạ', 'UTF-16');
  });
});

async function refusal(bytes: Buffer, encoding = 'auto') {
  const whole = (await parseWhole(bytes, { encoding })).error?.toFacts();
  expect((await parseChunks(bytes, [1], { encoding })).error?.toFacts()).toEqual(whole);
  return [whole?.code, whole?.message, whole?.place?.line, whole?.place?.column];
}

function withBytes(declared: string, ...bytes: number[]): Buffer {
  const [before, after] = document(declared, '|').split('|') as [string, string];
  return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
}

describe('undecodable bytes', () => {
  const code = 'ENCODING_INVALID_BYTES';

  it.each([
    ['UTF-8', [0x61, 0xff], 1],
    ['UTF-8', [0xe1, 0xba, 0xa1, 0xed, 0xa0, 0x80], 3],
    ['UTF-8', [0xc0, 0xaf], 0],
    ['UTF-8', [0x61, 0xe1, 0xba], 1],
    ['UTF-8', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80], 0],
    ['US-ASCII', [0x61, 0xe9], 1],
    ['windows-1252', [0x61, 0x81], 1],
    ['ISO-8859-7', [0xff], 0],
    ['Shift_JIS', [0x91, 0xe5, 0xfd], 2],
    ['EUC-JP', [0x61, 0xff, 0xff], 1],
    ['GBK', [0x61, 0x81, 0xff], 1],
    ['EUC-KR', [0x61, 0xb0, 0xff], 1],
  ])('in %s are refused with their offset', async (encoding, bytes, at) => {
    const given = withBytes(encoding, ...bytes);
    const offset = given.indexOf('<r>') + 3 + at;
    const [found, message, line, column] = await refusal(given);
    expect([found, message, line]).toEqual([code, `The byte at offset ${offset} cannot be decoded as ${encoding}.`, 2]);
    expect(column).toBeGreaterThanOrEqual(4);
  });

  it('are found behind a megabyte of good ones', async () => {
    const good = 'xã Vĩnh Thành\n'.repeat(80_000);
    const bytes = Buffer.concat([Buffer.from(`<r>${good}ạ`), Buffer.of(0xc3), Buffer.from('</r>')]);
    const message = `The byte at offset ${bytes.length - 5} cannot be decoded as UTF-8.`;
    const { error } = await parseChunks(bytes, [64 * 1024]);
    expect([error?.message, error?.place]).toEqual([message, { path: 'a/b.xml', line: 80_001, column: 2 }]);
    expect((await parseWhole(bytes)).error?.toFacts()).toEqual(error?.toFacts());
  });

  it('count from the start of the file, byte order mark included', async () => {
    const text = Buffer.from('\ufeff<r>a\udc00</r>', 'utf16le');
    expect(await refusal(text)).toEqual([code, 'The byte at offset 10 cannot be decoded as UTF-16LE.', 1, 5]);
    const swapped = Buffer.from(text).swap16();
    expect(await refusal(swapped)).toEqual([code, 'The byte at offset 10 cannot be decoded as UTF-16BE.', 1, 5]);
  });

  it('include half a character at the end', async () => {
    const half = Buffer.concat([Buffer.from('<r/>', 'utf16le'), Buffer.of(0x20)]);
    expect(await refusal(half)).toEqual([code, 'The byte at offset 8 cannot be decoded as UTF-16LE.', 1, 5]);
  });

  it('come second when the text before them is damaged already', async () => {
    expect((await refusal(withBytes('UTF-8', 0x26, 0x20, 0xff)))[0]).toBe('XML_NOT_WELL_FORMED');
  });

  it('are refused in documents with a DOCTYPE and of XML 1.1 with their place, too', async () => {
    for (const prolog of ['<!DOCTYPE r>', '<?xml version="1.1"?>']) {
      const bytes = Buffer.concat([Buffer.from(`${prolog}\n<r>`), Buffer.of(0xff), Buffer.from('</r>')]);
      const message = `The byte at offset ${prolog.length + 4} cannot be decoded as UTF-8.`;
      expect(await refusal(bytes)).toEqual([code, message, 2, 4]);
    }
  });
});

describe('the encoding of a document', () => {
  it('is refused when nobody knows it', async () => {
    const code = 'ENCODING_UNSUPPORTED';
    expect(await refusal(Buffer.from(document('klingon', 'x')))).toEqual([
      code,
      'The encoding "klingon" is not supported.',
      1,
      1,
    ]);
    expect((await refusal(Buffer.from('<r/>'), 'klingon'))[0]).toBe(code);
    expect((await refusal(Buffer.of(0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0)))[0]).toBe(code);
  });

  it.each([
    ['UTF-16 declared in single bytes', Buffer.from(document('UTF-16', 'x'))],
    ['ISO-8859-1 declared behind the mark of UTF-8', Buffer.from(`\ufeff${document('ISO-8859-1', 'x')}`)],
    ['UTF-8 declared in UTF-16', iconv.encode(document('UTF-8', 'x'), 'UTF-16LE', { addBOM: true })],
  ])('is refused when the declaration contradicts the bytes: %s', async (_case, bytes) => {
    const [code, message] = await refusal(bytes);
    expect([code, message]).toEqual(['XML_NOT_WELL_FORMED', expect.stringContaining('declares the encoding')]);
  });
});
