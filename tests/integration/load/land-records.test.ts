import { afterEach, beforeEach, expect, test } from 'vitest';
import { vnLandRecords } from '#contract/presets/vn-land-records';
import { createDatabase, describeEachServer, type TestDatabase } from '#tests/helpers/database';
import { type Outcome, outcomeOf, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

type Fields = Readonly<Record<string, string>>;

const fields = (values: Fields) =>
  Object.entries(values)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('\n');
const items =
  (collection: string, item: string) =>
  (...all: readonly Fields[]) =>
    `<${collection}>${all.map((values) => `\n<${item}>${fields(values)}</${item}>`).join('')}</${collection}>\n`;

const parcels = items('ThuaDatCollection', 'DC_ThuaDat');
const persons = items('CaNhanCollection', 'CaNhan');
const couples = items('VoChongCollection', 'VoChong');
const rights = items('QuyenSuDungDatCollection', 'QuyenSuDungDat');
const certificates = items('GiayChungNhanCollection', 'GiayChungNhan');
const documents = (...all: readonly Fields[]) => ({
  GiayToTuyThanCollection: all.map((values) => `<GiayToTuyThan>${fields(values)}</GiayToTuyThan>`).join('\n'),
});
const registration = (values: Fields, ...papers: readonly Fields[]) =>
  `<HoSoDangKyDatDaiCollection><HoSoDangKyDatDai><ThanhPhanHoSoDangKyDatDaiCollection>${papers
    .map((paper) => `\n<ThanhPhanHoSoDangKyDatDai>${fields(paper)}</ThanhPhanHoSoDangKyDatDai>`)
    .join(
      '',
    )}</ThanhPhanHoSoDangKyDatDaiCollection>${fields(values)}</HoSoDangKyDatDai></HoSoDangKyDatDaiCollection>\n`;
const dossier = (...parts: readonly string[]) => `<HoSo>\n${parts.join('')}</HoSo>\n`;

/** A parcel held by a couple: the parts that every case needs around its awkward one. */
const held = (parcel: string, couple: string) =>
  rights({ thuaDatID: parcel, doiTuongID: couple }) + couples({ voChongID: couple, voID: 'P1', chongID: 'P2' });

describeEachServer('a dossier', (server) => {
  let database: TestDatabase;
  let home: ReturnType<typeof temporaryFolder>;

  beforeEach(async () => {
    home = temporaryFolder();
    database = await createDatabase(server);
  });

  afterEach(async () => {
    home.remove();
    await database.expectNoConnections();
    await database.drop();
  });

  /** Files stand in one commune's xml folder. */
  function load(files: Readonly<Record<string, string | Buffer>>): Promise<Outcome> {
    const placed = Object.entries(files).map(([name, content]) => [`1. Xa Mau/xml/To1/${name}`, content]);
    writeFiles(home.path, Object.fromEntries(placed));
    return outcomeOf(database, home.path, vnLandRecords);
  }

  test('with a decimal comma, a blank area or a gender in words is loaded by rule, whole', async () => {
    const outcome = await load({
      'a.xml': dossier(
        parcels(
          { thuaDatID: 'T1', dienTich: '300,5', dienTichPhapLy: '1.300,5' },
          { thuaDatID: 'T2', dienTich: ' ', dienTichPhapLy: '' },
        ),
        persons({ caNhanID: 'P1', hoTen: 'Bà Mẫu', gioiTinh: 'Nữ' }, { caNhanID: 'P2', gioiTinh: ' Nam ' }),
        held('T1', 'C1'),
        certificates({ giayChungNhanID: 'G1' }),
        registration({ hoSoDangKySoID: 'H1', giayChungNhanID: 'G1', maDVHCXa: '08071' }, { thanhPhanHoSoID: 'S1' }),
      ),
    });
    expect(outcome).toEqual({
      counts: {
        canhan: '2 read, 2 inserted',
        giaychungnhan: '1 read, 1 inserted',
        thuadat: '2 read, 2 inserted',
        hoso: '1 read, 1 inserted',
      },
      rows: {
        canhan: ['canhanid=P1, hoten=Bà Mẫu, gioitinh=0, phienban=1', 'canhanid=P2, gioitinh=1, phienban=1'],
        giaychungnhan: ['giaychungnhanid=G1'],
        thuadat: [
          'thuadatid=T1, dientich=300.50, dientichphaply=1300.50, vochongid=C1, void=P1, chongid=P2, hieuluc=true, phienban=1',
          'thuadatid=T2, hieuluc=true, phienban=1',
        ],
        hoso: ['thanhphanhosoid=S1, hosodangkysoid=H1, giaychungnhanid=G1, madvhcxa=08071'],
      },
    });
  });

  test('with a value that does not parse loses that row alone, with file, line, field and value', async () => {
    const outcome = await load({
      'a.xml': dossier(
        parcels({ thuaDatID: 'T1', dienTich: 'abc' }, { thuaDatID: 'T2', dienTich: '7' }),
        persons({ caNhanID: 'P1' }),
        certificates({ giayChungNhanID: 'G1', ngayCap: '31/02/2015' }, { giayChungNhanID: 'G2' }),
        registration({ giayChungNhanID: 'G2' }, { thanhPhanHoSoID: 'S1' }),
      ),
    });
    expect(outcome).toEqual({
      counts: {
        canhan: '1 read, 1 inserted',
        giaychungnhan: '2 read, 1 inserted, 1 rejected',
        thuadat: '2 read, 1 inserted, 1 rejected',
        hoso: '1 read, 1 inserted',
      },
      rejects: [
        '1. Xa Mau/xml/To1/a.xml:3 thuadat.dienTich "abc" BAD_VALUE',
        '1. Xa Mau/xml/To1/a.xml:10 giaychungnhan.ngayCap "31/02/2015" BAD_VALUE',
      ],
      rows: {
        canhan: ['canhanid=P1, phienban=1'],
        giaychungnhan: ['giaychungnhanid=G2'],
        thuadat: ['thuadatid=T2, dientich=7.00, hieuluc=true, phienban=1'],
        hoso: ['thanhphanhosoid=S1, giaychungnhanid=G2'],
      },
    });
  });

  test('whose spouse another file of the load brings is linked, whichever file comes first', async () => {
    const outcome = await load({
      'a.xml': dossier(parcels({ thuaDatID: 'T1' }), held('T1', 'C1'), persons({ caNhanID: 'P1' })),
      'b.xml': dossier(persons({ caNhanID: 'P2' })),
    });
    expect(outcome).toEqual({
      counts: {
        canhan: '2 read, 2 inserted',
        giaychungnhan: 'nothing',
        thuadat: '1 read, 1 inserted',
        hoso: 'nothing',
      },
      rows: {
        canhan: ['canhanid=P1, phienban=1', 'canhanid=P2, phienban=1'],
        giaychungnhan: [],
        thuadat: ['thuadatid=T1, vochongid=C1, void=P1, chongid=P2, hieuluc=true, phienban=1'],
        hoso: [],
      },
    });
  });

  test('whose spouse or certificate no file brings is kept, with NULL and a counted warning', async () => {
    const outcome = await load({
      'a.xml': dossier(
        parcels({ thuaDatID: 'T1' }),
        held('T1', 'C1'),
        persons({ caNhanID: 'P2' }),
        registration({ giayChungNhanID: 'G9' }, { thanhPhanHoSoID: 'S1' }, { thanhPhanHoSoID: 'S2' }),
      ),
    });
    expect(outcome).toEqual({
      counts: {
        canhan: '1 read, 1 inserted',
        giaychungnhan: 'nothing',
        thuadat: '1 read, 1 inserted',
        hoso: '2 read, 2 inserted',
      },
      warnings: { REFERENCE_NULLED: 3 },
      rows: {
        canhan: ['canhanid=P2, phienban=1'],
        giaychungnhan: [],
        thuadat: ['thuadatid=T1, vochongid=C1, chongid=P2, hieuluc=true, phienban=1'],
        hoso: ['thanhphanhosoid=S1', 'thanhphanhosoid=S2'],
      },
    });
  });

  test('links a spouse who was loaded earlier', async () => {
    await load({ 'a.xml': dossier(persons({ caNhanID: 'P1' }, { caNhanID: 'P2' })) });
    const outcome = await load({ 'b.xml': dossier(parcels({ thuaDatID: 'T1' }), held('T1', 'C1')) });
    expect(outcome).toEqual({
      counts: { canhan: 'nothing', giaychungnhan: 'nothing', thuadat: '1 read, 1 inserted', hoso: 'nothing' },
      rows: {
        canhan: ['canhanid=P1, phienban=1', 'canhanid=P2, phienban=1'],
        giaychungnhan: [],
        thuadat: ['thuadatid=T1, vochongid=C1, void=P1, chongid=P2, hieuluc=true, phienban=1'],
        hoso: [],
      },
    });
  });

  test('with dates in d/m/y, with T, with a zone or plain keeps all of them', async () => {
    const dates = [
      '01/06/2015',
      '2015-06-01T00:00:00',
      '2015-06-01 00:00:00',
      '2015-06-01',
      '2015-06-01T10:20:30+07:00',
    ];
    const outcome = await load({
      'a.xml': dossier(
        certificates(...dates.map((ngayCap, i) => ({ giayChungNhanID: `G${i}`, ngayCap }))),
        persons({ caNhanID: 'P1', ...documents({ ngayCap: '05/04/2013', hieuLuc: 'yes' }) }),
      ),
    });
    expect(outcome).toEqual({
      counts: {
        canhan: '1 read, 1 inserted',
        giaychungnhan: '5 read, 5 inserted',
        thuadat: 'nothing',
        hoso: 'nothing',
      },
      rows: {
        canhan: ['canhanid=P1, phienban=1, ngaycap=2013-04-05, hieuluc=true'],
        giaychungnhan: [
          ...[0, 1, 2, 3].map((i) => `giaychungnhanid=G${i}, ngaycap=2015-06-01T00:00:00`),
          'giaychungnhanid=G4, ngaycap=2015-06-01T10:20:30',
        ],
        thuadat: [],
        hoso: [],
      },
    });
  });

  test('in a default namespace is loaded as any other', async () => {
    const outcome = await load({
      'a.xml': dossier(
        parcels({ thuaDatID: 'T1' }),
        held('T1', 'C1'),
        persons({ caNhanID: 'P1' }, { caNhanID: 'P2' }),
      ).replace('<HoSo>', '<HoSo xmlns="urn:vn:dat-dai" xmlns:gml="http://www.opengis.net/gml">'),
    });
    expect(outcome).toEqual({
      counts: {
        canhan: '2 read, 2 inserted',
        giaychungnhan: 'nothing',
        thuadat: '1 read, 1 inserted',
        hoso: 'nothing',
      },
      rows: {
        canhan: ['canhanid=P1, phienban=1', 'canhanid=P2, phienban=1'],
        giaychungnhan: [],
        thuadat: ['thuadatid=T1, vochongid=C1, void=P1, chongid=P2, hieuluc=true, phienban=1'],
        hoso: [],
      },
    });
  });

  test('with second collections is loaded whole, and further identity documents are counted', async () => {
    const outcome = await load({
      'a.xml': dossier(
        persons({
          caNhanID: 'P1',
          ...documents({ soGiayTo: '000111222333', loaiGiayToTuyThan: '2' }, { soGiayTo: '011222333' }),
        }),
        persons({ caNhanID: 'P2' }),
        certificates({ giayChungNhanID: 'G1' }),
        certificates({ giayChungNhanID: 'G2' }),
      ),
    });
    expect(outcome).toEqual({
      counts: {
        canhan: '2 read, 2 inserted',
        giaychungnhan: '2 read, 2 inserted',
        thuadat: 'nothing',
        hoso: 'nothing',
      },
      warnings: { EXTRA_IGNORED: 1 },
      rows: {
        canhan: ['canhanid=P1, phienban=1, loaigiaytotuythan=2, sogiayto=000111222333', 'canhanid=P2, phienban=1'],
        giaychungnhan: ['giaychungnhanid=G1', 'giaychungnhanid=G2'],
        thuadat: [],
        hoso: [],
      },
    });
  });

  test('with an empty or absent key loses that row as MISSING_KEY', async () => {
    const outcome = await load({
      'a.xml': dossier(
        persons({ caNhanID: ' ', hoTen: 'Không Tên' }, { hoTen: 'Không Mã' }, { caNhanID: 'P1' }),
        certificates({ giayChungNhanID: '' }),
      ),
    });
    expect(outcome).toEqual({
      counts: {
        canhan: '3 read, 1 inserted, 2 rejected',
        giaychungnhan: '1 read, 1 rejected',
        thuadat: 'nothing',
        hoso: 'nothing',
      },
      rejects: [
        '1. Xa Mau/xml/To1/a.xml:3 canhan.caNhanID MISSING_KEY',
        '1. Xa Mau/xml/To1/a.xml:5 canhan.caNhanID MISSING_KEY',
        '1. Xa Mau/xml/To1/a.xml:8 giaychungnhan.giayChungNhanID MISSING_KEY',
      ],
      rows: { canhan: ['canhanid=P1, phienban=1'], giaychungnhan: [], thuadat: [], hoso: [] },
    });
  });

  test('with a key of an earlier file yields to it in path order, and equal rows are unchanged', async () => {
    const outcome = await load({
      'b.xml': dossier(persons({ caNhanID: 'P1', hoTen: 'Tên Sau' }, { caNhanID: 'P2', hoTen: 'Như Nhau' })),
      'a.xml': dossier(persons({ caNhanID: 'P1', hoTen: 'Tên Trước' }, { caNhanID: 'P2', hoTen: 'Như Nhau' })),
    });
    expect(outcome).toEqual({
      counts: {
        canhan: '4 read, 2 inserted, 1 unchanged, 1 skipped',
        giaychungnhan: 'nothing',
        thuadat: 'nothing',
        hoso: 'nothing',
      },
      conflicts: ['1. Xa Mau/xml/To1/b.xml:3 canhan P1 after 1. Xa Mau/xml/To1/a.xml:3'],
      warnings: { CONFLICT_IN_LOAD: 1 },
      rows: {
        canhan: ['canhanid=P1, hoten=Tên Trước, phienban=1', 'canhanid=P2, hoten=Như Nhau, phienban=1'],
        giaychungnhan: [],
        thuadat: [],
        hoso: [],
      },
    });
  });

  test('in UTF-16 or windows-1258, with CDATA, entities or decomposed letters is read right, as NFC', async () => {
    const person = (id: string, name: string) => dossier(persons({ caNhanID: id, hoTen: name }));
    const utf16 = `\ufeff<?xml version="1.0" encoding="UTF-16"?>${person('P1', 'Trần Thị Mẫu')}`;
    const windows1258 = Buffer.concat([
      Buffer.from(
        '<?xml version="1.0" encoding="windows-1258"?><HoSo><CaNhanCollection><CaNhan><caNhanID>P2</caNhanID><hoTen>Tr',
      ),
      // ầ is â and a combining grave of its own there, đ and ư are single letters
      Buffer.from([0xe2, 0xcc]),
      Buffer.from('n V'),
      Buffer.from([0xe3]),
      Buffer.from('n '),
      Buffer.from([0xd0, 0xfd]),
      Buffer.from('</hoTen></CaNhan></CaNhanCollection></HoSo>'),
    ]);
    const outcome = await load({
      'a.xml': Buffer.from(utf16, 'utf16le'),
      'b.xml': windows1258,
      'c.xml': person('P3', '<![CDATA[Bà <Mẫu> & con]]> Th&#x1ECB; &quot;X&quot; &amp; em'),
      'd.xml': person('P4', 'Trần Thị Mẫu'.normalize('NFD')),
    });
    expect(outcome).toEqual({
      counts: { canhan: '4 read, 4 inserted', giaychungnhan: 'nothing', thuadat: 'nothing', hoso: 'nothing' },
      rows: {
        canhan: [
          'canhanid=P1, hoten=Trần Thị Mẫu, phienban=1',
          'canhanid=P2, hoten=Trần Văn Đư, phienban=1',
          'canhanid=P3, hoten=Bà <Mẫu> & con Thị "X" & em, phienban=1',
          'canhanid=P4, hoten=Trần Thị Mẫu, phienban=1',
        ],
        giaychungnhan: [],
        thuadat: [],
        hoso: [],
      },
    });
  });

  test('that is not well-formed or empty fails whole with its place, and the others are loaded', async () => {
    const outcome = await load({
      'a.xml': dossier(persons({ caNhanID: 'P1' })).replace('</HoSo>', '</HoSO>'),
      'b.xml': '',
      'c.xml': dossier(persons({ caNhanID: 'P3' })),
      'd.xml': dossier(persons({ caNhanID: 'P4' })).slice(0, -10),
    });
    expect(outcome).toEqual({
      counts: { canhan: '1 read, 1 inserted', giaychungnhan: 'nothing', thuadat: 'nothing', hoso: 'nothing' },
      failed: [
        '1. Xa Mau/xml/To1/a.xml:4 XML_NOT_WELL_FORMED',
        '1. Xa Mau/xml/To1/b.xml:1 EMPTY_FILE',
        '1. Xa Mau/xml/To1/d.xml:3 XML_NOT_WELL_FORMED',
      ],
      rows: { canhan: ['canhanid=P3, phienban=1'], giaychungnhan: [], thuadat: [], hoso: [] },
    });
  });
});
