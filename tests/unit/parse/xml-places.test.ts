import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '#engine/parse/xml/limits';
import { parseChunks, parseWhole } from './support.ts';

/** Code, line, column and message of the refusal. */
async function refusal(document: string | Buffer, options = {}) {
  const { error } = await parseWhole(document, options);
  return [error?.code, error?.place?.line, error?.place?.column, error?.message];
}

const NOT_WF = 'XML_NOT_WELL_FORMED';

describe('a damaged document', () => {
  it.each([
    ['<a>\n  <b>x</c>\n</a>', 2, 7, 'The end tag </c> stands where </b> (opened in line 2) is expected.'],
    ['<a>\n  <b>', 2, 6, 'The document ends before </b> (opened in line 2).'],
    ['<a>thôn Hiền Lương & xã</a>', 1, 20, 'A reference is not ended by ";", or "&" is not written "&amp;".'],
    ['<a>𠀀𠀀&x;</a>', 1, 6, 'The entity "x" is not declared.'],
    ['<a>&constructor;</a>', 1, 4, 'The entity "constructor" is not declared.'],
    ['<a>&#0;</a>', 1, 4, '"&#0;" refers to a character that XML does not allow.'],
    ['<a b="1"\r\n   b="2"/>', 2, 4, 'The attribute "b" stands twice.'],
    ['<a b="x<y"/>', 1, 8, '"<" stands in an attribute value.'],
    ['<a b=1/>', 1, 6, 'The value of the attribute "b" is not in quotes.'],
    ['<a b/>', 1, 5, 'The attribute "b" has no value.'],
    ['<a b="1"c="2"/>', 1, 9, 'A name in a start tag is followed by a character that is no space, "/" or ">".'],
    ['<a>\r1\r\n2\n3]]></a>', 4, 2, '"]]>" stands in text outside of a CDATA section.'],
    ['<a>\u0001</a>', 1, 4, 'The character U+0001 is not allowed in XML.'],
    ['<a>\n\uffff</a>', 2, 1, 'The character U+FFFF is not allowed in XML.'],
    ['<a><!-- - -- --></a>', 1, 11, 'A comment holds "--".'],
    ['<a/>\n<b/>', 2, 1, 'A second element follows the root element.'],
    ['<a/>\nx', 2, 1, 'Text stands behind the root element.'],
    ['x<a/>', 1, 1, 'Text stands before the root element.'],
    ['</a>', 1, 1, 'An end tag stands outside of the root element.'],
    [' <?xml version="1.0"?><a/>', 1, 2, '"<?xml" may only stand at the very beginning, as the XML declaration.'],
    ['<?xml version="1.0" standalone="maybe"?><a/>', 1, 1, 'The XML declaration is not written as it must be.'],
    ['<a><1/></a>', 1, 4, '"<" is followed by neither a name, "/", "!" nor "?".'],
    ['<a×/>', 1, 3, 'The name "a×" holds a character that names may not hold.'],
    ['<a/><!DOCTYPE a>', 1, 5, 'A DOCTYPE stands behind the start of the root element.'],
    ['<a><![CDATA[x]]</a>', 1, 20, 'The document ends inside a CDATA section.'],
    ['<!-- only -->\n', 2, 1, 'The document has no root element.'],
    ['<a b="\n', 2, 1, 'The document ends inside the tag <a>.'],
  ])('%j is refused at %i:%i', async (document, line, column, message) => {
    expect(await refusal(document)).toEqual([NOT_WF, line, column, message]);
    const cut = await parseChunks(Buffer.from(document), [1]);
    expect([cut.error?.place?.line, cut.error?.place?.column, cut.error?.message]).toEqual([line, column, message]);
  });

  it('is refused by name when it is empty', async () => {
    expect(await refusal('')).toEqual(['EMPTY_FILE', 1, 1, 'The file is empty.']);
  });

  it('tells the handler the line of each "<", also of tags over several lines', async () => {
    const { lines } = await parseWhole('<?xml\nversion="1.0"?>\r\n<a\n b="1\n2"\n><b\r/>\n\n<c/></a >');
    expect(lines).toEqual([3, 6, 9]);
  });
});

describe('the limits', () => {
  const code = 'XML_LIMIT_EXCEEDED';

  it('stop nesting, naming the limit and the place', async () => {
    const deep = '\n<a>'.repeat(DEFAULT_LIMITS.depth + 1);
    const expected = [code, DEFAULT_LIMITS.depth + 2, 1, 'Elements are nested more than 10000 deep.'];
    expect(await refusal(deep)).toEqual(expected);
    expect(await refusal(deep.replace('\n', '<?xml version="1.1"?>\n'))).toEqual([code, 10_002, 4, expected[3]]);
  });

  it('stop a tag that does not end', async () => {
    const endless = Buffer.from(`<a>\n<b c="${'x'.repeat(500_000)}`);
    const { error } = await parseChunks(endless, [1000], { limits: { tokenBytes: 100_000 } });
    expect([error?.code, error?.place]).toEqual([code, { path: 'a/b.xml', line: 2, column: 1 }]);
  });

  it('let text, comments and CDATA sections of any length through, in pieces', async () => {
    const long = 'dài '.repeat(100_000);
    const document = Buffer.from(`<a><!--${long}-->${long}<![CDATA[${long}]]></a>`);
    const { heard, error } = await parseChunks(document, [1000], { limits: { tokenBytes: 2000 } });
    expect(error).toBeUndefined();
    expect(heard).toEqual([['open', 'a'], ['text', long + long], ['close']]);
  });

  it('stop a worker that meets too many names', async () => {
    const { error } = await parseWhole('<a b="" c=""><d/></a>', { limits: { names: 3 } });
    expect([error?.code, error?.message]).toEqual([
      code,
      'There are more than 3 different element and attribute names.',
    ]);
  });

  it('stop a document with a DOCTYPE that is too large to be read whole', async () => {
    const { error } = await parseWhole(`<!DOCTYPE a><a>${'x'.repeat(1000)}</a>`, { limits: { doctypeBytes: 1000 } });
    expect([error?.code, error?.message]).toEqual([
      code,
      'A document with a DOCTYPE is read whole and may hold at most 1000 bytes.',
    ]);
  });
});
