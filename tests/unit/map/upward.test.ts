import { describe, expect, it } from 'vitest';
import { compileMapping } from '#engine/map/compile-mapping';
import { Mapper } from '#engine/map/mapper';
import { NameTable } from '#engine/model/name-table';
import { FILE, feedXml, Gathered, mappingOf, mapXml, table } from './support.ts';

const DOSSIER = table('hoso', 'hs', { id: { path: 'id', type: 'integer' }, code: 'code' }, { key: ['id'] });
const PART = table('part', 'p', { pid: 'pid', hosoId: { path: '$parent.id', type: 'integer' } });

function mapHolding(rows: number, tables: readonly object[], xml: string): Gathered {
  const names = new NameTable();
  const mapper = new Mapper(compileMapping(mappingOf(tables), names), { rows, bytes: 1e6 });
  const gathered = new Gathered();
  mapper.startFile(FILE, gathered);
  feedXml(xml, mapper, names);
  mapper.endFile();
  return gathered;
}

describe('$parent', () => {
  it('takes the column of the nearest enclosing record, whatever the order of tables and elements', () => {
    const xml = '<x><hs><p><pid>a</pid></p><id>1</id><s><p><pid>b</pid></p></s></hs><p><pid>c</pid></p></x>';
    const { rows } = mapXml([PART, DOSSIER], xml);
    expect(rows.map((row) => [row.table, row.sequence, row.anchors, row.values])).toEqual([
      [1, 1, [], ['1', null]],
      [0, 2, [1], ['a', '1']],
      [0, 3, [1], ['b', '1']],
      [0, 4, [0], ['c', null]],
    ]);
  });

  it('skips enclosing records whose table lacks the column', () => {
    const between = table('between', 'm', { other: 'other' });
    expect(mapXml([PART, between, DOSSIER], '<hs><m><p/></m><id>1</id></hs>').values()).toEqual([[null, '1']]);
  });

  it('reaches through a table into itself', () => {
    const node = table('node', 'n', { id: '@id', up: '$parent.id' });
    expect(mapXml([node], '<n id="1"><n id="2"><n id="3"/></n></n>').values()).toEqual([
      ['1', null],
      ['2', '1'],
      ['3', '2'],
    ]);
  });

  it('rejects the children of a rejected record', () => {
    const { rows, rejects } = mapXml([PART, DOSSIER], '<x><hs><id>x</id><p/></hs><hs><id>1</id><p/></hs></x>');
    expect(rejects.map((reject) => [reject.table, reject.column, reject.code, reject.field])).toEqual([
      [1, 0, 'BAD_VALUE', 'id'],
      [0, 1, 'PARENT_REJECTED', '$parent.id'],
    ]);
    expect(rows.map((row) => row.table)).toEqual([1, 0]);
  });

  it('rejects grandchildren with them', () => {
    const leaf = table('leaf', 'l', { pid: '$parent.pid' });
    const { rejects } = mapXml([leaf, PART, DOSSIER], '<hs><id>x</id><p><pid>1</pid><l/></p></hs>');
    expect(rejects.map(({ table: number, code }) => [number, code])).toEqual([
      [2, 'BAD_VALUE'],
      [1, 'PARENT_REJECTED'],
      [0, 'PARENT_REJECTED'],
    ]);
  });

  it('converts again when the types differ', () => {
    const part = table('part', 'p', { short: { path: '$parent.code', type: 'varchar(2)' } });
    const { rejects, rows } = mapXml([part, DOSSIER], '<x><hs><id>1</id><code>abc</code><p/></hs></x>');
    expect([rejects.map(({ code, value }) => [code, value]), rows.length]).toEqual([[['TOO_LONG', 'abc']], 1]);
  });

  it('leaves what SQL must fill, and does not miss it', () => {
    const parent = table('hoso', 'hs', {
      id: 'id',
      at: { path: 'at', default: 'now()' },
      voID: { lookup: [{ table: 'part', where: { pid: 'id' }, take: 'pid' }] },
    });
    const part = table('part', 'p', {
      pid: 'pid',
      at: { path: '$parent.at', nullable: false },
      voID: { path: '$parent.voID', nullable: false },
      id: { path: '$parent.id', nullable: false },
    });
    const { rows, rejects } = mapXml([part, parent], '<x><hs><id>1</id><p/></hs><hs><p/></hs></x>');
    expect(rows.filter((row) => row.table === 0).map(({ anchors, values }) => [anchors, values])).toEqual([
      [[1], [null, null, null, '1']],
    ]);
    expect(rejects.map(({ column, code }) => [column, code])).toEqual([[3, 'MISSING_VALUE']]);
  });

  it('waits for parents whose predicate is decided at their end', () => {
    const parent = table('hoso', "hs[type='on']", { id: 'id' });
    const xml =
      '<hs><id>0</id><type>on</type><hs><id>1</id><p/><type>off</type></hs><hs><id>2</id><p/><type>on</type></hs></hs>';
    const part = table('part', 'p', { up: '$parent.id' });
    expect(mapXml([part, parent], xml).values()).toEqual([['0'], ['2']]);
  });
});

describe('rows that wait for an ancestor', () => {
  const up = table('t', 'r', { id: '@id', n: { path: '../n', type: 'integer' } });
  const xml = '<x><g><r id="1"/><r id="2"/><n>7</n></g><g><r id="3"/></g></x>';

  it('go out complete when the ancestor ends', () => {
    const { rows, lates } = mapHolding(1_000, [up], xml);
    expect(rows.map(({ values }) => values)).toEqual([
      ['1', '7'],
      ['2', '7'],
      ['3', null],
    ]);
    expect(lates).toEqual([]);
  });

  it('go out with nulls when too many are held, and the value follows', () => {
    const { rows, lates } = mapHolding(1, [up], xml);
    expect(rows.map(({ values, anchors }) => [values, anchors])).toEqual([
      [['2', null], [2]],
      [['1', null], [2]],
      [['3', null], [6]],
    ]);
    expect(lates).toEqual([{ table: 0, slot: 0, anchor: 2, column: 1, value: '7', reject: null }]);
  });

  it.each([
    ['<n>x</n>', 'BAD_VALUE'],
    ['<n>1</n><n>2</n>', 'EXTRA_VALUES'],
    ['', 'MISSING_VALUE'],
  ])('are rejected late for %s', (late, code) => {
    const strict = table('t', 'r', { n: { path: '../n', type: 'integer', nullable: false } });
    const { lates } = mapHolding(0, [strict], `<g><r/><r/>${late}</g>`);
    expect(lates).toMatchObject([
      { table: 0, slot: 0, anchor: 1, column: 0, value: null, reject: { code, field: '../n' } },
    ]);
  });

  it('are told late that their parent record was rejected, or what it holds', () => {
    const hoso = '<x><hs><p/><p/><id>bad</id></hs><hs><p/><p/><id>5</id></hs></x>';
    const { lates } = mapHolding(0, [PART, DOSSIER], hoso);
    expect(lates).toMatchObject([
      { table: 0, slot: 0, anchor: 1, column: 1, value: null, reject: { code: 'PARENT_REJECTED' } },
      { table: 0, slot: 0, anchor: 4, column: 1, value: '5', reject: null },
    ]);
  });

  it('keep what an earlier path found: their anchor says that nothing is to come', () => {
    const either = table('t', 'r', { n: { path: ['n', '../n'] }, m: '../n' });
    const { rows, lates } = mapHolding(0, [either], '<g><r><n>1</n></r><r/><n>7</n></g>');
    expect(rows.map(({ values, anchors }) => [values, anchors])).toEqual([
      [
        ['1', null],
        [0, 1],
      ],
      [
        [null, null],
        [1, 1],
      ],
    ]);
    expect(lates.map(({ slot, column, value }) => [slot, column, value]).sort()).toEqual([
      [0, 0, '7'],
      [1, 1, '7'],
    ]);
  });

  it('do not wait for attributes above them', () => {
    const names = new NameTable();
    const mapper = new Mapper(compileMapping(mappingOf([table('t', 'r', { k: '../@k' })]), names));
    const gathered = new Gathered();
    mapper.startFile(FILE, gathered);
    mapper.open(names.intern('g'), 1);
    mapper.attribute(names.intern('k'), '1');
    mapper.open(names.intern('r'), 1);
    mapper.close();
    expect(gathered.rows.map(({ values, anchors }) => [values, anchors])).toEqual([[['1'], []]]);
  });
});
