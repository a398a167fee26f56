import { describe, expect, it } from 'vitest';
import { parseChunks, parseWhole } from './support.ts';

describe('a document with a DOCTYPE', () => {
  it('has its internal entities expanded, markup included, and its default attributes applied', async () => {
    const document = `<?xml version="1.0"?>
<!DOCTYPE r [ <!-- ]> --> <!ENTITY vn "xã &inner; &#38;amp; <b k='&inner;'>ạ</b>"> <!ENTITY inner "Vĩnh">
  <!ATTLIST r loai CDATA "1" ids NMTOKENS #IMPLIED> <!ENTITY empty ""> ]>
<r ids="  a  b " xmlns:q="u" q:x="&inner;&lt;" p:y="2">&vn;&empty;<![CDATA[<&>]]><!-- c --><?pi?><q:k/></r>`;
    const { heard, error } = await parseWhole(document);
    expect(error).toBeUndefined();
    expect(heard.filter(([kind]) => kind === 'attribute').toSorted()).toEqual([
      ['attribute', 'ids', 'a b'],
      ['attribute', 'k', 'Vĩnh'],
      ['attribute', 'loai', '1'],
      ['attribute', 'p:y', '2'],
      ['attribute', 'q:x', 'Vĩnh<'],
      ['attribute', 'xmlns:q', 'u'],
    ]);
    expect(heard.filter(([kind]) => kind !== 'attribute')).toEqual([
      ['open', 'r'],
      ['text', 'xã Vĩnh & '],
      ['open', 'b'],
      ['text', 'ạ'],
      ['close'],
      ['text', '<&>'],
      ['open', 'q:k'],
      ['close'],
      ['close'],
    ]);
  });

  it('never fetches an external entity, and says where one stands', async () => {
    const { heard, error } = await parseWhole(
      '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY i "a&e;b">]><r>x&e;<b>&i;</b></r>',
    );
    expect(error).toBeUndefined();
    expect(heard).toEqual([
      ['open', 'r'],
      ['text', 'x'],
      ['entity', 'e'],
      ['open', 'b'],
      ['text', 'a'],
      ['entity', 'e'],
      ['text', 'b'],
      ['close'],
      ['close'],
    ]);
  });

  it('says where an entity stands that only its unread external subset can declare', async () => {
    const { heard } = await parseWhole('<!DOCTYPE r SYSTEM "no-such.dtd"><r a="1&là;2">&là;</r>');
    expect(heard.filter(([kind]) => kind === 'entity')).toEqual([
      ['entity', 'là'],
      ['entity', 'là'],
    ]);
  });

  it('gives the line of each "<", over entities, many lines and beyond 65,535', async () => {
    const records = '<b\n a="<">\r\n</b\n>\r'.replace('<"', '&lt;"').repeat(20_000);
    const document = `<!DOCTYPE r [\n<!ENTITY e "\n\n<e/>">\n]>\n<r>&e;<!--\n<x>\n-->${records}&e;</r>`;
    const { lines, error } = await parseWhole(document);
    expect(error).toBeUndefined();
    const expected = [6, 6, ...Array.from({ length: 20_000 }, (_, index) => 8 + index * 4), 80_008];
    expect(lines.slice(0, -1)).toEqual(expected.slice(0, -1));
    // A reference has no line of its own in libxml2: its elements get the line of the last tag before it.
    expect(lines.at(-1)).toBe(80_004);
  });

  it('is refused with its place when it is damaged', async () => {
    const { error } = await parseWhole('<!DOCTYPE r>\n<r>\n  <a></b>\n</r>');
    expect([error?.code, error?.place?.line]).toEqual(['XML_NOT_WELL_FORMED', 3]);
    expect((await parseWhole('<!DOCTYPE r>\n<r>&nope;</r>')).error?.place?.line).toBe(2);
  });

  it('is refused with the limit named when it is nested deeper than libxml2 goes', async () => {
    const { error } = await parseWhole(`<!DOCTYPE a>${'<a>'.repeat(300)}${'</a>'.repeat(300)}`);
    expect([error?.code, error?.message]).toEqual(['XML_LIMIT_EXCEEDED', expect.stringMatching(/depth.*256/)]);
  });

  it('may bind no namespace to its prefixes, as one without', async () => {
    const { heard, error } = await parseWhole('<!DOCTYPE r><r a:b="1"><c:d/></r>');
    expect([error, heard[1], heard[2]]).toEqual([undefined, ['attribute', 'a:b', '1'], ['open', 'c:d']]);
  });

  it('tells nothing twice, however late the DOCTYPE comes and wherever chunks are cut', async () => {
    const document = Buffer.from(`<?xml version="1.0"?><!--${'-x'.repeat(5000)}--><?a b?>\n<!DOCTYPE r><r>ạ<b/></r>`);
    const whole = await parseWhole(document);
    for (const size of [1, 7, 4096]) expect(await parseChunks(document, [size])).toEqual(whole);
    expect(whole.heard).toEqual([['open', 'r'], ['text', 'ạ'], ['open', 'b'], ['close'], ['close']]);
  });

  it('is decoded by us: what it declares does not confuse libxml2', async () => {
    const bytes = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="windows-1258"?><!DOCTYPE r><r>'),
      Buffer.of(0xea, 0xde, 0x6e),
      Buffer.from('</r>'),
    ]);
    expect((await parseWhole(bytes)).heard[1]).toEqual(['text', 'ê\u0303n']);
  });

  it('of XML 1.1 has the line ends and forbidden characters of 1.1', async () => {
    const of = (text: string) => parseWhole(`<?xml version="1.1"?>\u0085<!DOCTYPE r>\n<r>${text}</r>`);
    expect((await of('a\u0085b\r\u0085c\u2028d')).heard[1]).toEqual(['text', 'a\nb\nc\nd']);
    expect((await of('a\u0080')).error?.place).toEqual({ path: 'a/b.xml', line: 2, column: 5 });
  });
});

describe('a document of XML 1.1', () => {
  it('without a DOCTYPE is read by its own rules', async () => {
    const { heard, lines, error } = await parseWhole(
      '<?xml version="1.1"?>\n<r\n a="1">x\u0085&#1;<b/><![CDATA[<]]></r>',
    );
    expect([error, heard, lines]).toEqual([
      undefined,
      [
        ['open', 'r'],
        ['attribute', 'a', '1'],
        ['text', 'x\n\u0001'],
        ['open', 'b'],
        ['close'],
        ['text', '<'],
        ['close'],
      ],
      // U+0085 ends a line, too.
      [2, 4],
    ]);
    expect((await parseWhole('<?xml version="1.1"?>\n<r>\u0080</r>')).error?.place?.line).toBe(2);
  });
});

const lol = (reference: string, count: number, mark = '') =>
  Array.from({ length: count }, (_, index) => {
    const previous = index === 0 ? 'lol' : `${reference}l${index - 1};`.repeat(10);
    return `<!ENTITY ${mark}l${index} "${previous}">`;
  }).join('\n');

describe('an entity bomb', () => {
  it.each([
    ['billion laughs', `<!DOCTYPE r [${lol('&', 12)}]><r>&l11;</r>`],
    ['billion laughs in an attribute', `<!DOCTYPE r [${lol('&', 12)}]><r a="&l11;"/>`],
    ['billion laughs in a default attribute', `<!DOCTYPE r [${lol('&', 12)}<!ATTLIST r a CDATA "&l11;">]><r/>`],
    ['elements', `<!DOCTYPE r [${lol('&', 12).replace('lol', '<a/>')}]><r>&l11;</r>`],
    ['quadratic blow-up', `<!DOCTYPE r [<!ENTITY a "${'a'.repeat(100_000)}">]><r>${'&a;'.repeat(100_000)}</r>`],
    ['many small references', `<!DOCTYPE r [<!ENTITY a "${'<b/>'.repeat(5000)}">]><r>${'&a;'.repeat(50_000)}</r>`],
    ['a loop', '<!DOCTYPE r [<!ENTITY a "&b;"><!ENTITY b "&a;">]><r>&a;</r>'],
    ['parameter entities', `<!DOCTYPE r [${lol('&#37;', 12, '% ')} <!ENTITY % x "%l11;"> %x;]><r/>`],
  ])('ends in an error within 2 s and 256 MB: %s', async (_name, document) => {
    const before = process.memoryUsage().rss;
    const start = performance.now();
    const { error } = await parseWhole(document);
    expect(error?.code).toMatch(/^XML_(LIMIT_EXCEEDED|NOT_WELL_FORMED)$/);
    expect(performance.now() - start).toBeLessThan(2000);
    expect(process.memoryUsage().rss - before).toBeLessThan(256_000_000);
  });
});
