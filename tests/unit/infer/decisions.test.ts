import { describe, expect, test } from 'vitest';
import { columnLines, infer, mapped, tableLines } from './support.ts';

const records = (...values: readonly string[]) => `<r>${values.map((value) => `<i><v>${value}</v></i>`).join('')}</r>`;

describe('a column’s type', () => {
  test.each<[string, readonly string[], string]>([
    ['whole numbers', ['0', '-5', '2147483647'], 'integer'],
    ['larger whole numbers', ['1', '2147483648'], 'bigint'],
    ['more digits than bigint holds', ['1', '9223372036854775808'], 'text'],
    ['codes that begin with a zero', ['12', '08071'], 'text'],
    ['phone numbers', ['+84 912', '+84 913'], 'text'],
    ['decimals', ['1.5', '-20', '0.125'], 'numeric(13,3)'],
    ['a decimal comma', ['1,5', '1.234,75'], 'numeric(12,2) {"decimal":[","]}'],
    ['commas that may part thousands', ['1,234', '5,678'], 'text'],
    ['thousands that can only be that', ['1,234.50', '5'], 'numeric(12,2)'],
    ['exponents', ['1.5e-7', '2'], 'double precision'],
    ['codes that look like exponents', ['12E4', '13E5'], 'text'],
    ['truth', ['true', 'FALSE'], 'boolean'],
    ['yes and no', ['yes', 'no'], 'boolean'],
    ['Y and N', ['Y', 'N', 'y'], 'boolean'],
    ['T and F', ['T', 'F'], 'boolean'],
    ['letters that are no pair', ['T', 'N'], 'text'],
    ['one letter alone', ['F', 'F'], 'text'],
    ['Norwegian alone', ['no', 'no'], 'text'],
    ['uuids', ['7c9e6679-7425-40de-944b-e07fc1f90ae7', '7C9E6679-7425-40DE-944B-E07FC1F90AE8'], 'uuid'],
    ['ISO dates', ['2020-02-29', '1999-12-31'], 'date'],
    ['days that do not exist', ['2021-02-29', '1999-12-31'], 'text'],
    ['days first', ['13/02/2020', '01/02/2020'], 'date {"formats":["dd/MM/yyyy"]}'],
    ['months first', ['02-13-2020', '01-02-2020'], 'date {"formats":["MM-dd-yyyy"]}'],
    ['days or months first', ['01/02/2020', '03/04/2020'], 'text'],
    [
      'dates with times of their own form',
      ['31.12.2020 10:30', '1.1.2021 9:05'],
      'timestamp {"formats":["dd.MM.yyyy HH:mm"]}',
    ],
    ['dates written in two ways', ['2020-01-01', '13/02/2020'], 'text'],
    ['dates, some with a time', ['2020-01-01', '2020-01-01T10:00:00'], 'timestamp'],
    ['times with zones', ['2020-01-01T10:00:00Z', '2020-01-01T10:00:00+07:00'], 'timestamptz'],
    ['times with and without zones', ['2020-01-01T10:00:00Z', '2020-01-01T10:00:00'], 'text'],
    ['too fine times', ['2020-01-01T10:00:00.1234567', '2020-01-01T10:00:00'], 'timestamp {"round":true}'],
    ['times of day', ['10:30', '23:59:59.5'], 'time'],
    ['nothing', ['', ' '], 'text'],
  ])('%s', async (_, values, type) => {
    const decided = await infer(records(...values));
    expect(columnLines(decided, 'i')).toEqual([`v ${type.replace(/^(.*?)( \{.*)?$/, '$1 v$2')}`]);
    expect((await mapped(decided.mapping, records(...values))).rejects).toEqual([]);
  });

  test('is not certain where it says so', async () => {
    const decided = await infer(records('01/02/2020', '03/04/2020'));
    expect(decided.uncertain.filter(({ column }) => column === 'v')).toEqual([
      {
        code: 'TYPE_AMBIGUOUS_DATE',
        path: '/r/i/v',
        table: 'i',
        column: 'v',
        decided: 'text',
        why: 'all 2 values can be read as dd/MM/yyyy and as MM/dd/yyyy',
      },
    ]);
  });
});

describe('tables', () => {
  test('are made of what repeats; children name their parent, and what stands once becomes columns', async () => {
    const decided = await infer(
      `<library name="Main"><book isbn="B-1"><title lang="vi">A</title><author><name>X</name></author><author><name>Y</name></author></book>
       <book isbn="B-2"><title lang="vi">B</title><publisher><name>P</name><city>Huế</city></publisher><author><name>X</name></author></book></library>`,
    );
    expect(tableLines(decided)).toEqual([
      'library /library [file]',
      'book /library/book [library_file, place]',
      'author /library/book/author [library_file, book_place, place]',
    ]);
    expect(columnLines(decided, 'book')).toEqual([
      'library_file text $file',
      'place integer $index',
      'isbn text @isbn',
      'title_lang text title/@lang',
      'title text title',
      'publisher_name text publisher/name',
      'publisher_city text publisher/city',
    ]);
  });

  test('of what repeats in a wrapper without a say stand in the wrapper’s place, each by its own id', async () => {
    const decided = await infer(
      '<c><member><a id="A-0001"><n>1</n></a></member><member><b id="B-0001"/></member><member><a id="A-0002"><n>2</n></a></member></c>',
    );
    expect(tableLines(decided)).toEqual(['a /c/member/a [id]', 'b /c/member/b [id]']);
  });

  test('of elements that hold themselves are one, whose rows name the row around them', async () => {
    const xml = `<menu><entry id="e1" title="A"><entry id="e2" title="B">
      <entry id="e3" title="C"/></entry></entry><entry id="e4" title="D"/></menu>`;
    const decided = await infer(xml);
    expect(tableLines(decided)).toEqual(['entry entry [entry_id]']);
    const { rows } = await mapped(decided.mapping, xml);
    expect(rows.map(({ values }) => `${values.entry_id} in ${values.parent_entry_id ?? 'nothing'}`).sort()).toEqual([
      'e1 in nothing',
      'e2 in e1',
      'e3 in e2',
      'e4 in nothing',
    ]);
  });

  test('of elements that only their names tell apart are one, with the name in its key', async () => {
    const days = Array.from({ length: 40 }, (_, at) => `<d${at}><open>${at}</open><shut>x</shut></d${at}>`).join('');
    const xml = `<r><shop><days>${days}</days></shop></r>`;
    const decided = await infer(xml);
    expect(tableLines(decided)).toEqual(['days /r/shop/days/* [file, key]']);
    expect(columnLines(decided, 'days').slice(1)).toEqual(['key text $element', 'open integer open', 'shut text shut']);
    const { rows } = await mapped(decided.mapping, xml);
    expect(rows.map(({ values }) => `${values.key} ${values.open}`)).toEqual(
      Array.from({ length: 40 }, (_, at) => `d${at} ${at}`),
    );
    const shops = await infer(`<r>${`<shop><days>${days}</days></shop>`.repeat(3)}</r>`);
    expect(shops.mapping.tables.map(({ name }) => name)).toEqual(['shop']);
  });

  test('of elements whose names differ from record to record are one too', async () => {
    const shop = (from: number) =>
      `<shop id="S${from}">${Array.from({ length: 20 }, (_, at) => `<p${from + at}><x a="1"/></p${from + at}>`).join('')}</shop>`;
    const xml = `<r>${[0, 20, 40, 60].map(shop).join('')}</r>`;
    const decided = await infer(xml);
    expect(tableLines(decided)).toEqual(['shop /r/shop [id]', 'shop_shop /r/shop/* [shop_id, key]']);
    expect((await mapped(decided.mapping, xml)).rows.filter(({ table }) => table === 'shop_shop').length).toBe(80);
  });

  test('stay wide where each name has a single value, which is said', async () => {
    const xml = `<r><i>${Array.from({ length: 120 }, (_, at) => `<d${at}>1</d${at}>`).join('')}</i></r>`;
    const decided = await infer(xml);
    expect(decided.uncertain.filter(({ code }) => code === 'NAMES_AS_DATA')).toEqual([
      {
        code: 'NAMES_AS_DATA',
        path: '/r/i',
        decided: 'a column for each name',
        why: 'it holds 120 different names, each for one value',
      },
    ]);
  });

  test('keep the text of prose whole', async () => {
    const xml = '<r><p>some <b>bold</b> and <i>other</i> text</p><p>plain</p></r>';
    const decided = await infer(xml);
    expect(columnLines(decided, 'p')).toEqual(['value text string()']);
    const { rows } = await mapped(decided.mapping, xml);
    expect(rows.map(({ values }) => values.value)).toEqual(['some bold and other text', 'plain']);
    expect(decided.uncertain.map(({ code }) => code)).toContain('MIXED_CONTENT');
  });

  test.each<[string, string, string[]]>([
    [
      'a record that stands once',
      '<r><rec id="1"><a x="7">A</a><b>B</b> stray </rec></r>',
      ['rec_id integer rec/@id', 'rec text rec', 'rec_a_x integer rec/a/@x', 'rec_a text rec/a', 'rec_b text rec/b'],
    ],
    [
      'records that always have it',
      '<r><rec><a x="7">A</a><b>B</b>!</rec><rec><a x="8">A</a>,<b>C</b></rec></r>',
      ['value text .', 'a_x integer a/@x', 'a text a', 'b text b'],
    ],
    [
      'records with fields that may be missing',
      '<r><rec><a x="7">A</a>, </rec><rec><a x="8">A</a><b>C</b>.</rec><rec>gone</rec></r>',
      ['value text .', 'a_x integer a/@x', 'a text a', 'b text b'],
    ],
    [
      'records written as labels and fields',
      '<r><rec>Name: <n>A</n> Age: <g>5</g></rec><rec>Name: <n>B</n> Age: <g>6</g></rec></r>',
      ['value text .', 'n text n', 'g integer g'],
    ],
  ])('keep the values of %s with text beside them', async (_, xml, columns) => {
    const decided = await infer(xml);
    const [table = ''] = decided.mapping.tables.map(({ name }) => name);
    expect(columnLines(decided, table).filter((line) => !line.includes('$'))).toEqual(columns);
    expect(decided.uncertain.map(({ code }) => code)).toContain('MIXED_CONTENT');
    expect((await mapped(decided.mapping, xml)).rejects).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['formulas', '<r><f>H<s>2</s>O</f><f>H<s>2</s>SO<s>4</s></f></r>', 'H2SO4'],
    ['titles', '<r><f>On <i>E. coli</i></f><f>Of mice</f></r>', 'On E. coli'],
    ['links', '<r><f>see <a href="x">this</a> too</f><f>or <b>that</b> one</f></r>', 'or that one'],
    ['one paragraph', '<r><x/><x/><t><f>one <b>two</b> three <b>four</b> five</f></t></r>', 'one two three four five'],
  ])('keep %s in one piece', async (_, xml, text) => {
    const decided = await infer(xml);
    const { rows } = await mapped(decided.mapping, xml);
    expect(rows.flatMap(({ values }) => Object.values(values))).toContain(text);
    const told = decided.uncertain.filter(({ code }) => code === 'MIXED_CONTENT').map((one) => one.decided);
    const also = xml.includes('href') ? ', with 1 values of attributes' : '';
    expect(told).toEqual([`one text of all that stands below; the tags in it are lost${also}`]);
  });

  test('tell names in several namespaces apart by their prefix', async () => {
    const xml = '<r xmlns:a="urn:a" xmlns:b="urn:b"><i><a:n>1</a:n><b:n>x</b:n></i><i><a:n>2</a:n></i></r>';
    const decided = await infer(xml);
    expect(decided.mapping.source).toEqual({ format: 'xml', namespaces: { a: 'urn:a', b: 'urn:b' } });
    expect(columnLines(decided, 'i')).toEqual(['a_n integer a:n', 'b_n text b:n']);
  });

  test('tell names in no namespace from the same names in some, whether they are columns, tables or attributes', async () => {
    const item = (n: number) => `<item><link>l${n}</link><atom:link href="a${n}"/><atom:link href="b${n}"/>
      <dc:title>d${n}</dc:title><title dc:lang="x" lang="y">t${n}</title></item>`;
    const xml = `<rss xmlns:dc="urn:dc" xmlns:atom="urn:atom">${item(1)}${item(2)}</rss>`;
    const decided = await infer(xml);
    expect(tableLines(decided)).toEqual([
      'item /rss/item [file, place]',
      'link /rss/item/atom:link [item_file, item_place, place]',
    ]);
    expect(columnLines(decided, 'item').slice(2)).toEqual([
      'link text :link',
      'dc_title text dc:title',
      'dc_title_lang text :title/@dc:lang',
      'title_lang text :title/@:lang',
      'title text :title',
    ]);
    const { rows, rejects } = await mapped(decided.mapping, xml);
    expect(rejects).toEqual([]);
    expect(rows.find(({ values }) => values.title === 't2')?.values).toMatchObject({
      link: 'l2',
      dc_title: 'd2',
      title_lang: 'y',
      dc_title_lang: 'x',
    });
    expect(rows.flatMap(({ table, values }) => (table === 'link' ? [values.href] : []))).toEqual([
      'a1',
      'b1',
      'a2',
      'b2',
    ]);
  });

  test('have columns of unique names of at most 63 bytes', async () => {
    const long = 'Rất_dài_'.repeat(9);
    const decided = await infer(`<r><i><${long}><x>1</x><X>2</X></${long}><x-y>3</x-y><x.y>4</x.y></i><i/></r>`);
    const names = columnLines(decided, 'i').map((line) => line.split(' ')[0] ?? '');
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(4);
    expect(names.every((name) => Buffer.byteLength(name) <= 63)).toBe(true);
  });

  test('with a nil value have a column for it', async () => {
    const decided = await infer(
      '<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><i><d xsi:nil="true"/></i><i><d>2020-01-01</d></i></r>',
    );
    expect(columnLines(decided, 'i')).toEqual(['d date d']);
  });
});

describe('references', () => {
  const owners = Array.from({ length: 30 }, (_, at) => `<owner id="P${1000 + at}"><name>N ${at % 7}</name></owner>`);
  const parcel = (owner: string) => `<parcel><ownerRef>${owner}</ownerRef><area>1</area></parcel>`;
  const parcels = Array.from({ length: 60 }, (_, at) => parcel(`P${1000 + (at % 25)}`));

  test('are found where all values are keys elsewhere, with the numbers', async () => {
    const decided = await infer(`<r>${owners.join('')}${parcels.join('')}</r>`);
    expect(decided.references).toEqual([
      {
        table: 'parcel',
        columns: ['ownerRef'],
        to: 'owner',
        on: ['id'],
        evidence: '25 of 25 different values are found',
      },
    ]);
  });

  test('are none where one value is missing, which is said', async () => {
    const decided = await infer(`<r>${owners.join('')}${parcels.join('')}${parcel('P9999')}</r>`);
    expect(decided.references).toEqual([]);
    expect(decided.uncertain.filter(({ code }) => code === 'REFERENCE_NOT_CERTAIN').map(({ why }) => why)).toEqual([
      '25 of 26 different values are found in owner.id, 1 are not',
    ]);
  });

  test('are not made of small numbers that happen to be keys', async () => {
    const numbered = Array.from({ length: 30 }, (_, at) => `<owner id="${at + 1}"><age>${at + 20}</age></owner>`);
    const counts = Array.from({ length: 40 }, (_, at) => `<parcel><floors>${(at % 9) + 1}</floors></parcel>`);
    expect((await infer(`<r>${numbered.join('')}${counts.join('')}</r>`)).references).toEqual([]);
  });
});

test('links within a document are told with the keys they point to', async () => {
  const parcels = Array.from({ length: 30 }, (_, at) => `<parcel id="p${at}"><area>${at}.5</area></parcel>`).join('');
  const owners = Array.from({ length: 40 }, (_, at) => `<owner><holds href="#p${at % 30}"/></owner>`).join('');
  const { mapping, uncertain } = await infer(`<r>${parcels}${owners}</r>`);
  expect(columnLines({ mapping }, 'owner')).toEqual(['holds_href text holds/@href']);
  const told = uncertain.filter(({ column }) => column === 'holds_href');
  expect(told.map(({ code, decided, why }) => `${code}: ${decided}; ${why}`)).toEqual([
    'REFERENCE_NOT_CERTAIN: no reference: the values are kept with their #; behind the #, 30 of 30 different values are found in parcel.id',
  ]);
});
