import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { compileMapping } from '#engine/map/compile-mapping';
import { Mapper } from '#engine/map/mapper';
import { NameTable } from '#engine/model/name-table';
import type { LateValue, RowSink } from '#engine/model/row-sink';
import { FILE, mappingOf, table } from './support.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const ARTICLES = 200_000;
/** Rows held back at most, and a few attributes of open elements. */
const BOUND = 1_100;

/** `/udhr` with many `article`s, whose title comes last. */
function readHugeFile(columns: Readonly<Record<string, string | object>>) {
  const names = new NameTable();
  const tables = [
    table('udhr', '/udhr', columns),
    table('article', 'article', { no: '@no', title: '../title', lang: '$parent.lang', id: '../@id' }),
  ];
  const mapper = new Mapper(compileMapping(mappingOf(tables), names));
  const counted = { rows: 0, most: 0, lates: [] as LateValue[], udhr: [] as (string | null)[] };
  const sink: RowSink = {
    row: (row) => {
      counted.rows += 1;
      if (row.table === 0) counted.udhr = [...row.values];
    },
    reject: (reject) => {
      throw new Error(reject.message);
    },
    late: (late) => counted.lates.push(late),
    warn() {},
  };
  const [udhr, article, no, title, lang, id, para] = ['udhr', 'article', 'no', 'title', 'lang', 'id', 'para'].map(
    (name) => names.intern(name),
  ) as [number, number, number, number, number, number, number];
  const leaf = (name: number, text: string) => {
    mapper.open(name, 1);
    mapper.text(text);
    mapper.close();
  };
  mapper.startFile(FILE, sink);
  mapper.open(udhr, 1);
  mapper.attribute(id, 'u1');
  const before = heap();
  for (let at = 0; at < ARTICLES; at += 1) {
    mapper.open(article, 1);
    mapper.attribute(no, String(at));
    leaf(para, `paragraph ${at}`);
    mapper.close();
    if (at % 1_000 === 0) counted.most = Math.max(counted.most, mapper.held);
  }
  const grown = heap() - before;
  leaf(lang, 'vi');
  leaf(title, 'Tuyên ngôn');
  mapper.close();
  mapper.endFile();
  return { ...counted, grown };
}

function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe('a huge record that encloses many small ones', () => {
  it('does not make the mapper keep them', () => {
    const { rows, most, lates, grown } = readHugeFile({ lang: 'lang' });
    expect(grown).toBeLessThan(8_000_000);
    expect(rows).toBe(ARTICLES + 1);
    expect(most).toBeLessThan(BOUND);
    expect(lates.map(({ table: number, column, value }) => [number, column, value])).toEqual([
      [1, 1, 'Tuyên ngôn'],
      [1, 2, 'vi'],
    ]);
  });

  it('keeps of what it selects in them only what its columns can use', () => {
    const { udhr, most, grown } = readHugeFile({
      lang: 'lang',
      first: { path: 'article/para', many: 'first' },
      last: { path: '//para', many: 'last' },
      third: 'article[3]/para',
      final: 'article[last()]/para',
      byChild: { path: "article[para='paragraph 7']/@no" },
      some: { path: '*/@no', onExtraValues: 'ignore' },
    });
    const end = `paragraph ${ARTICLES - 1}`;
    expect(udhr).toEqual(['vi', 'paragraph 0', end, 'paragraph 2', end, '7', '0']);
    expect(most).toBeLessThan(BOUND);
    expect(grown).toBeLessThan(8_000_000);
  });
});
