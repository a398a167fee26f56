import { describe, expect, it } from 'vitest';
import { FILE, mapXml, table } from './support.ts';

/** The `@id` of every record a pattern finds. */
function found(records: string, xml: string, more: object = {}) {
  return mapXml([table('t', records, { id: '@id' })], xml, more)
    .values()
    .map(([id]) => id);
}

describe('records patterns', () => {
  const xml = '<c id="0"><a id="1"><b id="2"/></a><x><a id="3"><a id="4"/></a></x><b id="5"/></c>';

  it.each([
    ['a', ['1', '3', '4']],
    ['//a', ['1', '3', '4']],
    ['c/a', ['1']],
    ['/c', ['0']],
    ['/a', []],
    ['/c//a', ['1', '3', '4']],
    ['x/*', ['3']],
    ['a//a', ['4']],
    ['a/b', ['2']],
  ])('%s finds its elements', (pattern, expected) => {
    expect(found(pattern, xml)).toEqual(expected);
  });

  it.each([
    ['a[1]', ['1']],
    ['a[2]', ['2']],
    ["a[@k='v']", ['2', '3']],
    ["a[@k='v'][1]", ['2']],
    ["a[b='v']", ['1', '3']],
    ["a[b='v'][2]", ['3']],
    ["x[t='on']/a", ['1', '2', '3']],
    ["x[t='off']/a", []],
  ])('%s judges its predicates', (pattern, expected) => {
    const document =
      '<x><a id="1"><b>v</b></a><a id="2" k="v"><b>w</b></a><a id="3" k="v"><b>w</b><b>v</b></a><t>on</t></x>';
    expect(found(pattern, document)).toEqual(expected);
  });

  it('counts siblings left out by a position once, however many columns use it', () => {
    const columns = { a: 'd[1]/a', b: 'd[1]/b', c: 'd[last()]/a' };
    const { warnings } = mapXml([table('t', 'r', columns)], '<r><d/><d/><d/></r>');
    expect(warnings).toEqual({ EXTRA_IGNORED: 4 });
    expect(mapXml([table('t', 'r[1]', { a: 'a' })], '<x><r/><r/></x>').warnings).toEqual({ EXTRA_IGNORED: 1 });
  });

  it('gives an element that is a record of two tables a row in each', () => {
    const { rows } = mapXml([table('t', 'r', { a: 'a' }), table('u', 'x/r', { b: 'a' })], '<x><r><a>1</a></r></x>');
    expect(rows.map((row) => [row.table, row.sequence, row.values])).toEqual([
      [0, 1, ['1']],
      [1, 2, ['1']],
    ]);
  });

  it('numbers records by their starts and gives each its own values', () => {
    const { rows } = mapXml([table('t', 'a', { b: 'b' })], '<a><b>1</b><a><b>2</b></a></a>');
    expect(rows.map(({ sequence, values }) => [sequence, values])).toEqual([
      [2, ['2']],
      [1, ['1']],
    ]);
  });

  it('feeds a table only from the files its include names', () => {
    const tables = [table('t', 'r', { a: 'a' }, { include: ['*/xml/**/*.xml'] }), table('u', 'r', { a: 'a' })];
    const fed = (path: string, source: object = {}) =>
      mapXml(tables, '<r/>', { source: { format: 'xml', ...source } }, { ...FILE, path }).rows.map((row) => row.table);
    expect(fed('xa/xml/To1/a.xml')).toEqual([0, 1]);
    expect(fed('xa/XML/a.XML')).toEqual([0, 1]);
    expect(fed('xa/XML/a.XML', { caseSensitive: true })).toEqual([1]);
    expect(fed('xml/a.xml')).toEqual([1]);
    const byName = [table('t', 'r', { a: 'a' }, { include: ['hoso*'] })];
    expect(mapXml(byName, '<r/>', {}, { ...FILE, path: 'deep/er/HoSo-1.xml' }).rows).toHaveLength(1);
  });
});
