import { describe, expect, it } from 'vitest';
import { compileMapping } from '#engine/map/compile-mapping';
import { Mapper } from '#engine/map/mapper';
import { NameTable } from '#engine/model/name-table';
import { FILE, feedTree, Gathered, mappingOf, mapXml, select, table } from './support.ts';

describe('column paths', () => {
  it.each([
    ['a/b', '<r><a><b>1</b></a><b>2</b></r>', ['1']],
    ['//a', '<r><a>1<a>2</a></a><b><a>3</a></b></r>', ['1; 2; 3']],
    ['a//b', '<r><a><b>1</b><c><b>2</b></c></a><b>3</b></r>', ['1; 2']],
    ['@k', '<r k="1"/>', ['1']],
    ['a/@k', '<r k="0"><a k="1"/><a k="2"/></r>', ['1; 2']],
    ['.', '<r>x<a>y</a>z</r>', ['xz']],
    ['text()', '<r>x<a>y</a>z</r>', ['xz']],
    ['a/text()', '<r>x<a>y<b>n</b></a>z</r>', ['y']],
    ['string()', '<r>x<a>y</a>z</r>', ['xyz']],
    ['a/string()', '<r>x<a>1<b>2<c>3</c></b>4</a>z<a>5</a></r>', ['1234; 5']],
    ['a[1]', '<r><a>1</a><b>x</b><a>2</a></r>', ['1']],
    ['a[2]', '<r><a>1</a><b>x</b><a>2</a></r>', ['2']],
    ['a[3]', '<r><a>1</a><b>x</b><a>2</a></r>', [null]],
    ['a[last()]', '<r><a>1</a><a>2</a><b>x</b></r>', ['2']],
    ['a[last()]/b[1]', '<r><a><b>1</b></a><a><b>2</b><b>3</b></a></r>', ['2']],
    ["a[@k='v']", '<r><a>1</a><a k="w">2</a><a k="v">3</a></r>', ['3']],
    ["a[b='v']/c", '<r><a><c>1</c><b>w</b></a><a><c>2</c><b>v</b><c>3</c></a></r>', ['2; 3']],
    ['a[b="it\'s"]/c', "<r><a><c>1</c><b>it's</b></a></r>", ['1']],
    ["a[@k='v'][1]", '<r><a>1</a><a k="v">2</a><a k="v">3</a></r>', ['2']],
    ["a[1][@k='v']", '<r><a>1</a><a k="v">2</a></r>', [null]],
    ["a[b='v'][last()]/c", '<r><a><b>v</b><c>1</c></a><a><b>v</b><c>2</c></a><a><b>w</b><c>3</c></a></r>', ['2']],
    ["a[last()][b='v']/c", '<r><a><b>v</b><c>1</c></a><a><b>w</b><c>2</c></a></r>', [null]],
    ['*', '<r><a>1</a><b>2</b></r>', ['1; 2']],
    ['*[2]', '<r><a>1</a><b>2</b></r>', ['2']],
    ['*/c', '<r><a><c>1</c></a><b><c>2</c></b><c>3</c></r>', ['1; 2']],
    ['.//b', '<r><a><b>1</b></a></r>', ['1']],
    ['a', '<r/>', [null]],
    ['a', '<r><a/></r>', ['']],
    ['zmn.GM-Point.position', '<r><zmn.GM-Point.position>1</zmn.GM-Point.position></r>', ['1']],
    ['大字コード', '<r><大字コード>08071</大字コード></r>', ['08071']],
  ])('%s selects what XPath would', (path, xml, expected) => {
    expect(select(path, xml)).toEqual(expected);
  });

  it('reaches ancestors, their attributes and what comes later in them', () => {
    const xml = '<x n="9"><h id="7"><s><r/><r/></s><code>A</code></h><h><code>B</code><s><r/></s></h></x>';
    const columns = { code: '../../code', id: '../../@id', n: '../../../@n', own: '../..', none: '../../../../@n' };
    const { rows, lates } = mapXml([table('t', 'r', columns)], xml);
    expect(rows.map(({ values }) => values)).toEqual([
      ['A', '7', '9', null, null],
      ['A', '7', '9', null, null],
      ['B', null, '9', null, null],
    ]);
    expect(lates).toEqual([]);
  });

  it('selects nothing above the root', () => {
    expect(select('../a', '<r><a>1</a></r>')).toEqual([null]);
    expect(select('../@a', '<r a="1"/>')).toEqual([null]);
  });

  it('matches a bare name in any namespace and a prefixed one in its own', () => {
    const xml = '<x xmlns="urn:d" xmlns:q="urn:g"><r><a>1</a><q:a>2</q:a><b xmlns="urn:g" q:k="3"><a>4</a></b></r></x>';
    const more = { source: { format: 'xml', namespaces: { gml: 'urn:g' } } };
    expect(select('a', xml, more)).toEqual(['1; 2']);
    expect(select('gml:a', xml, more)).toEqual(['2']);
    expect(select('gml:b/gml:a', xml, more)).toEqual(['4']);
    expect(select('b/@gml:k', xml, more)).toEqual(['3']);
    expect(select('b/@k', xml, more)).toEqual(['3']);
    expect(select('gml:a[1]', '<r xmlns:z="urn:g"><a>1</a><z:a>2</z:a></r>', more)).toEqual(['2']);
  });

  it('matches a name behind a colon in no namespace', () => {
    const xml = '<x xmlns:q="urn:g"><r><a k="1" q:k="2">1</a><q:a>2</q:a><s xmlns="urn:g"><a k="3">3</a></s></r></x>';
    expect(select(':a', xml)).toEqual(['1']);
    expect(select('//:a', xml)).toEqual(['1']);
    expect(select('//a/@:k', xml)).toEqual(['1; 3']);
    expect(select("s/:a[@k='3']", xml)).toEqual([null]);
    expect(mapXml([table('t', 'r/:a', { c: '.' })], xml).values()).toEqual([['1']]);
  });

  it('takes an unbound prefix by its local name, with one warning per prefix', () => {
    const more = { source: { format: 'xml', namespaces: { gml: 'urn:g' } } };
    const xml = '<r><u:a>1</u:a><u:a>2</u:a></r>';
    expect(select('gml:a', xml, more)).toEqual(['1; 2']);
    const { warnings } = mapXml([table('t', 'r', { c: { path: 'a', many: 'first' } })], xml);
    expect(warnings).toEqual({ UNBOUND_PREFIX: 1 });
    const bound = mapXml([table('t', 'r', { c: 'a' })], '<r><u:a xmlns:u="urn:u">1</u:a></r>');
    expect(bound.warnings).toEqual({});
  });

  it('reads names in brackets as written', () => {
    const columns = [{ name: 'c', type: 'numeric', path: '["Diện tích (m²)"]' }];
    const more = { source: { format: 'csv' } };
    const names = mapTree(columns, more);
    expect(names).toEqual([['12.5']]);
  });

  it('fills in facts of the file and the record', () => {
    const columns = { f: '$file', n: '$name', d: '$folder', l: '$line', i: '$index' };
    const { rows } = mapXml([table('t', 'r', columns)], '<x>\n<r/><q/>\n<r/></x>');
    expect(rows.map(({ values }) => values)).toEqual([
      ['xa/xml/a.xml', 'a.xml', 'xa/xml', '2', '1'],
      ['xa/xml/a.xml', 'a.xml', 'xa/xml', '3', '2'],
    ]);
  });

  it('numbers elements by their starts, whatever is mapped and wherever the lines end', () => {
    const xml = '<x><n id="a"><o><p/></o><n id="b"/></n><n id="c"/></x>';
    const numbers = (columns: Readonly<Record<string, string>>) => mapXml([table('t', 'n', columns)], xml).values();
    expect(numbers({ id: '@id', n: '$node' })).toEqual([
      ['a', '2'],
      ['b', '5'],
      ['c', '6'],
    ]);
    expect(numbers({ id: '@id', n: '$node', p: 'o/p' }).map((row) => row[1])).toEqual(['2', '5', '6']);
    const below = [table('t', 'x/n', { n: '$node' }), table('u', 'n/n', { above: '$parent.n', n: '$node' })];
    expect(mapXml(below, xml).values(1)).toEqual([['2', '5']]);
  });

  it('names the element of a record that any name may have', () => {
    const xml = '<x><users><u1><n>A</n></u1><p:u-2 xmlns:p="urn:p"><n>B</n></p:u-2></users></x>';
    expect(mapXml([table('t', 'users/*', { id: '$element', n: 'n' })], xml).values()).toEqual([
      ['u1', 'A'],
      ['u-2', 'B'],
    ]);
  });

  it('tries a list of paths in order', () => {
    const columns = { c: { path: ['a', 'b', '../d'] } };
    const xml = '<x><r><b>2</b><a>1</a></r><r><a/><b>2</b></r><r/><d>3</d></x>';
    expect(mapXml([table('t', 'r', columns)], xml).values()).toEqual([['1'], ['2'], ['3']]);
    const upFirst = { c: { path: ['../d', 'a'] } };
    expect(mapXml([table('t', 'r', upFirst)], xml).values()).toEqual([['3'], ['3'], ['3']]);
    expect(mapXml([table('t', 'r', upFirst)], '<x><r><a>1</a></r></x>').values()).toEqual([['1']]);
  });
});

function mapTree(columns: readonly object[], more: object) {
  const names = new NameTable();
  const mapper = new Mapper(compileMapping(mappingOf([{ name: 't', columns }], more), names));
  const gathered = new Gathered();
  mapper.startFile(FILE, gathered);
  const row = { name: 'row', children: [{ name: 'Diện tích (m²)', children: ['12.5'] }] };
  feedTree({ name: 'csv', children: [row] }, mapper, names);
  mapper.endFile();
  return gathered.values();
}
