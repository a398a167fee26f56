import { describe, expect, it } from 'vitest';
import { compileMapping } from '#engine/map/compile-mapping';
import { Mapper } from '#engine/map/mapper';
import { NameTable } from '#engine/model/name-table';
import { FILE, Gathered, mappingOf, mapXml, table } from './support.ts';

const one = (column: object, xml: string, more: object = {}) =>
  mapXml([table('t', 'r', { c: { path: 'a', ...column } })], xml, more);

describe('values of one column', () => {
  const twice = '<r><a>1</a><a>2</a><a>3</a></r>';

  it('are rejected when there are several and one is asked for', () => {
    const { rows, rejects } = one({}, `<x>\n${twice}</x>`);
    expect(rows).toEqual([]);
    expect(rejects).toEqual([
      {
        table: 0,
        sequence: 1,
        line: 2,
        column: 0,
        field: 'a',
        value: '1',
        code: 'EXTRA_VALUES',
        message: 'The path selects 3 values where one is asked for; choose one with [1] or "many"',
      },
    ]);
  });

  it.each([
    [{ onExtraValues: 'warn' }, '1', { EXTRA_IGNORED: 2 }],
    [{ onExtraValues: 'ignore' }, '1', {}],
    [{ many: 'first' }, '1', {}],
    [{ many: 'last' }, '3', {}],
    [{ many: 'join' }, '1; 2; 3', {}],
    [{ many: 'json', type: 'integer[]' }, '{"1","2","3"}', {}],
    [{ many: 'json', type: 'jsonb' }, '["1","2","3"]', {}],
  ])('follow %o', (column, value, warnings) => {
    const gathered = one(column, twice);
    expect(gathered.values()).toEqual([[value]]);
    expect(gathered.warnings).toEqual(warnings);
  });

  it('take the mapping’s default for further values', () => {
    const gathered = one({}, twice, { defaults: { onExtraValues: 'warn' } });
    expect([gathered.values(), gathered.warnings]).toEqual([[['1']], { EXTRA_IGNORED: 2 }]);
  });

  it('tell missing from empty', () => {
    expect(one({ emptyAsNull: false }, '<r><a/></r>').values()).toEqual([['']]);
    expect(one({ emptyAsNull: false }, '<r/>').values()).toEqual([[null]]);
    expect(one({}, '<r><a> </a></r>').values()).toEqual([[null]]);
  });

  it('warn once per element that mixes text and children', () => {
    const columns = { c: 'a', d: 'a', e: 'b', f: 'string()' };
    const { warnings } = mapXml([table('t', 'r', columns)], '<r>\n<a>x<i/>y</a>\n<b> <i/> </b></r>');
    expect(warnings).toEqual({ MIXED_CONTENT: 1 });
  });

  it('join own text across children and CDATA', () => {
    expect(one({}, '<r><a>x<i>no</i><![CDATA[<y>]]>&amp;z</a></r>').values()).toEqual([['x<y>&z']]);
  });

  it('come from const, and are null for lookups and absent defaults', () => {
    const columns = {
      k: { const: ' 7 ', type: 'integer' },
      d: { default: 'now()', nullable: false, type: 'timestamp' },
      e: { path: 'e', default: '1', nullable: false },
      l: { lookup: [{ table: 't', where: { k: 'k' }, take: 'k' }], nullable: false },
    };
    const gathered = mapXml([table('t', 'r', columns, { key: ['k'] })], '<r/>');
    expect([gathered.values(), gathered.rejects]).toEqual([[['7', null, null, null]], []]);
  });
});

describe('objections', () => {
  it('are one per bad column, in the order of the columns, under one sequence', () => {
    const columns = {
      id: 'id',
      n: { path: 'n', type: 'integer' },
      ok: 'ok',
      must: { path: 'must', nullable: false },
      v: { path: 'v', type: 'varchar(2)' },
    };
    const xml = '<x><r><n>abc</n><id/><ok>1</ok><v>abc</v></r><r><id>1</id><must>1</must></r></x>';
    const { rows, rejects } = mapXml([table('t', 'r', columns, { key: ['id'] })], xml);
    expect(rejects.map(({ column, code, sequence, value, field }) => [column, code, sequence, value, field])).toEqual([
      [0, 'MISSING_KEY', 1, null, 'id'],
      [1, 'BAD_VALUE', 1, 'abc', 'n'],
      [3, 'MISSING_VALUE', 1, null, 'must'],
      [4, 'TOO_LONG', 1, 'abc', 'v'],
    ]);
    expect(rows.map(({ sequence }) => sequence)).toEqual([2]);
  });

  it('name every path that was tried when nothing was found', () => {
    const { rejects } = one({ path: ['a', '../b'], nullable: false }, '<r/>');
    expect(rejects).toMatchObject([{ field: 'a | ../b', code: 'MISSING_VALUE' }]);
  });

  it('reject only rows whose value holds an unresolved entity', () => {
    const names = new NameTable();
    const mapping = mappingOf([
      table('t', 'r', { a: 'a', s: 'b/string()' }),
      table('u', 'r', { b: 'b', list: { path: '*', many: 'join' } }),
    ]);
    const mapper = new Mapper(compileMapping(mapping, names));
    const gathered = new Gathered();
    mapper.startFile(FILE, gathered);
    const [r, a, b, c] = ['r', 'a', 'b', 'c'].map((name) => names.intern(name)) as [number, number, number, number];
    mapper.open(r, 1);
    mapper.open(a, 1);
    mapper.close();
    mapper.open(b, 1);
    mapper.open(c, 1);
    mapper.text('x');
    mapper.unresolvedEntity('ext');
    mapper.close();
    mapper.close();
    mapper.close();
    mapper.endFile();
    expect(gathered.codes()).toEqual(['1 UNRESOLVED_ENTITY']);
    expect(gathered.values(1)).toEqual([[null, null]]);
  });
  it('reject rows whose attribute, their own or an ancestor’s, may have lost an entity', () => {
    const names = new NameTable();
    const mapping = mappingOf([table('t', 'r', { own: '@k' }), table('u', 'c', { above: '../@k' })]);
    const mapper = new Mapper(compileMapping(mapping, names));
    const gathered = new Gathered();
    const [r, c, k] = ['r', 'c', 'k'].map((name) => names.intern(name)) as [number, number, number];
    const read = (lost: boolean) => {
      mapper.startFile(FILE, gathered);
      mapper.open(r, 1);
      mapper.attribute(k, 'half');
      if (lost) mapper.unresolvedAttributeEntity('ext');
      mapper.open(c, 1);
      mapper.close();
      mapper.close();
      mapper.endFile();
    };
    read(true);
    expect(gathered.codes()).toEqual(['0 UNRESOLVED_ENTITY', '0 UNRESOLVED_ENTITY']);
    read(false);
    expect([gathered.values(0), gathered.values(1)]).toEqual([[['half']], [['half']]]);
  });
});

describe('$hash', () => {
  const hash = (xml: string) => mapXml([table('t', 'r', { h: '$hash' })], xml).values()[0]?.[0];
  const base = hash('<x><r k="1" l="2"><a>1</a><b>2 3</b></r></x>');

  it('is 32 hex digits that indentation, attribute order and prefixes do not change', () => {
    expect(base).toMatch(/^[0-9a-f]{32}$/);
    expect(hash('<x>\n <r l="2" k="1">\n  <a>1</a>\n  <b>2 3</b>\n </r></x>')).toBe(base);
    expect(hash('<x><q:r xmlns:q="u" k="1" l="2"><q:a>1</q:a><b>2 3</b></q:r></x>')).toBe(base);
  });

  it.each([
    '<r k="1" l="2"><a>1</a><b>23</b></r>',
    '<r k="1"><a>1</a><b>2 3</b></r>',
    '<r k="1" l="2"><a>1<b>2 3</b></a></r>',
    '<r k="1" l="2"><b>2 3</b><a>1</a></r>',
    '<r k="1" l="2"><a>1</a><c>2 3</c></r>',
  ])('changes with the content: %s', (xml) => {
    expect(hash(xml)).not.toBe(base);
  });

  it('is the same for a record of any size, alone or inside another', () => {
    const inner = `<r><a>${'x'.repeat(200_000)}</a></r>`;
    const both = mapXml([table('t', 'r', { h: '$hash' })], `<r>${inner}</r>`).values();
    expect(both[1]?.[0]).toBe(hash(inner));
    expect(both[0]?.[0]).not.toBe(hash(inner));
  });
});

describe('a mapper', () => {
  it('begins anew after a file that broke off', () => {
    const names = new NameTable();
    const columns = { a: 'a', up: '../u' };
    const mapper = new Mapper(compileMapping(mappingOf([table('t', 'r', columns)]), names));
    const [x, r, a] = ['x', 'r', 'a'].map((name) => names.intern(name)) as [number, number, number];
    const broken = new Gathered();
    mapper.startFile(FILE, broken);
    for (const name of [x, r]) mapper.open(name, 1);
    mapper.close();
    for (const name of [r, a]) mapper.open(name, 1);
    mapper.text('left over');
    const whole = new Gathered();
    mapper.startFile(FILE, whole);
    for (const name of [x, r]) mapper.open(name, 1);
    for (let depth = 0; depth < 2; depth += 1) mapper.close();
    mapper.endFile();
    expect(whole.rows).toEqual([{ table: 0, sequence: 1, line: 1, anchors: [1], values: [null, null] }]);
    expect(broken.rows).toEqual([]);
  });

  it('wants no text and no attributes where nothing can be selected', () => {
    const names = new NameTable();
    const mapper = new Mapper(compileMapping(mappingOf([table('t', '/x/r', { a: 'a' })]), names));
    mapper.startFile(FILE, new Gathered());
    const wants = ['x', 'r', 'a'].map((name) => {
      mapper.open(names.intern(name), 1);
      return mapper.wantsText;
    });
    expect(wants).toEqual([false, false, true]);
    mapper.close();
    expect(mapper.wantsText).toBe(false);
    mapper.open(names.intern('other'), 1);
    expect([mapper.wantsText, mapper.wantsAttributes]).toEqual([false, false]);
  });
});
