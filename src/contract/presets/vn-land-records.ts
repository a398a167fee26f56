import type { MappingInput } from '../mapping.ts';

/**
 * Vietnamese land-registry dossiers: one XML file per parcel, one folder per commune. Column names are the elements' own
 * names; PostgreSQL folds them to lower case.
 */

type Table = MappingInput['tables'][number];
type Column = Table['columns'][number];

/** Of a person's identity documents the first one fills the person's row; further ones are counted as a warning. */
const DOCUMENT = 'GiayToTuyThanCollection[1]/GiayToTuyThan[1]';

/** How dossiers write dates. A zone is dropped: the certificate's own wall clock is what is kept. */
const DATES = [
  'yyyy-MM-dd',
  'yyyy-MM-dd HH:mm:ss',
  "yyyy-MM-dd'T'HH:mm:ss",
  'dd/MM/yyyy',
  'dd/MM/yyyy HH:mm:ss',
  'dd-MM-yyyy',
  'dd.MM.yyyy',
  'yyyy-MM-dd HH:mm:ss.SSS',
  "yyyy-MM-dd'T'HH:mm:ss.SSS",
  "yyyy-MM-dd'T'HH:mm:ssXXX",
  "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
  "yyyy-MM-dd'T'HH:mm:ss.SSSSSSSXXX",
];

const GENDERS = { Nam: '1', nam: '1', NAM: '1', Nữ: '0', nữ: '0', NỮ: '0' };
const WORDS = { true: ['true', '1', 'yes'], false: ['false', '0', 'no'] };

const varchar = (name: string, length: number, path = name): Column => ({ name, path, type: `varchar(${length})` });
const integer = (name: string, path = name): Column => ({ name, path, type: 'integer' });
const area = (name: string): Column => ({ name, path: name, type: 'numeric(15,2)' });
const id = (name: string): Column => ({ ...varchar(name, 255), nullable: false });
const version: Column = { ...integer('phienBan'), default: '1' };
const createdAt: Column = { name: 'created_at', type: 'timestamp', default: 'now()' };

/** What a couple with the right of use of the parcel has in `take`. */
const ofCouple = (name: string, take: string): Column => ({
  name,
  type: 'varchar(255)',
  lookup: [
    { table: 'quyensudungdat', where: { thuaDatID: 'thuaDatID' }, take: 'doiTuongID' },
    { table: 'vochong', where: { voChongID: '$value' }, take },
  ],
});
const spouse = (column: string): NonNullable<Table['references']>[number] => ({
  columns: [column],
  table: 'canhan',
  on: ['caNhanID'],
  onMissing: 'null',
  onDelete: 'set null',
});

const persons: Table = {
  name: 'canhan',
  records: 'CaNhanCollection/CaNhan',
  columns: [
    id('caNhanID'),
    varchar('hoTen', 255),
    varchar('namSinh', 10),
    varchar('diaChiID', 255),
    { ...integer('gioiTinh'), values: GENDERS },
    version,
    varchar('giayToTuyThanID', 255, `${DOCUMENT}/giayToTuyThanID`),
    varchar('tenLoaiGiayToTuyThan', 255, `${DOCUMENT}/tenLoaiGiayToTuyThan`),
    integer('loaiGiayToTuyThan', `${DOCUMENT}/loaiGiayToTuyThan`),
    varchar('soGiayTo', 50, `${DOCUMENT}/soGiayTo`),
    { name: 'ngayCap', path: `${DOCUMENT}/ngayCap`, type: 'date', formats: DATES },
    varchar('noiCap', 255, `${DOCUMENT}/noiCap`),
    varchar('maDinhDanhCaNhan', 100, `${DOCUMENT}/maDinhDanhCaNhan`),
    { name: 'hieuLuc', path: `${DOCUMENT}/hieuLuc`, type: 'boolean', ...WORDS },
    createdAt,
  ],
  key: ['caNhanID'],
};

const certificates: Table = {
  name: 'giaychungnhan',
  records: 'GiayChungNhanCollection/GiayChungNhan',
  columns: [
    id('giayChungNhanID'),
    varchar('soVaoSo', 100),
    varchar('soPhatHanh', 100),
    varchar('MaGiayChungNhan', 255),
    { name: 'ngayCap', path: 'ngayCap', type: 'timestamp', formats: DATES },
    varchar('maVach', 50),
    varchar('nguoiKy', 255),
    varchar('soVaoSoCu', 100),
    createdAt,
  ],
  key: ['giayChungNhanID'],
};

const parcels: Table = {
  name: 'thuadat',
  records: 'ThuaDatCollection/DC_ThuaDat',
  columns: [
    id('thuaDatID'),
    varchar('maDVHCXa', 50),
    varchar('soHieuToBanDo', 100),
    varchar('soThuTuThua', 50),
    area('dienTich'),
    area('dienTichPhapLy'),
    varchar('diaChiID', 255),
    ofCouple('voChongID', 'voChongID'),
    ofCouple('voID', 'voID'),
    ofCouple('chongID', 'chongID'),
    integer('phanLoaiDuLieu'),
    integer('trangThaiDangKy'),
    { name: 'hieuLuc', path: 'hieuLuc', type: 'boolean', ...WORDS, default: 'true' },
    version,
    createdAt,
  ],
  key: ['thuaDatID'],
  references: [spouse('voID'), spouse('chongID')],
};

const scans: Table = {
  name: 'hoso',
  records: 'HoSoDangKyDatDaiCollection/HoSoDangKyDatDai/ThanhPhanHoSoDangKyDatDaiCollection/ThanhPhanHoSoDangKyDatDai',
  columns: [
    id('thanhPhanHoSoID'),
    varchar('hoSoDangKySoID', 255, '../../hoSoDangKySoID'),
    varchar('giayChungNhanID', 255, '../../giayChungNhanID'),
    varchar('loaiGiayTo', 255),
    varchar('tepTin', 255),
    { name: 'url', path: 'url', type: 'text' },
    varchar('maHoSoLuuTru', 100, '../../maHoSoLuuTru'),
    varchar('maDVHCXa', 50, '../../maDVHCXa'),
    createdAt,
  ],
  key: ['thanhPhanHoSoID'],
  references: [
    {
      columns: ['giayChungNhanID'],
      table: 'giaychungnhan',
      on: ['giayChungNhanID'],
      onMissing: 'null',
      onDelete: 'cascade',
    },
  ],
};

const couples: Table = {
  name: 'vochong',
  records: 'VoChongCollection/VoChong',
  columns: [varchar('voChongID', 255), varchar('voID', 255), varchar('chongID', 255)],
  keep: false,
};

const rightsOfUse: Table = {
  name: 'quyensudungdat',
  records: 'QuyenSuDungDat',
  columns: [varchar('thuaDatID', 255), varchar('doiTuongID', 255)],
  keep: false,
};

/**
 * Numbers: the point comes first because it is what the data uses, so `1.234` is 1.234 (three decimals, refused by
 * numeric(15,2)) and never silently a thousand times as much; `300,5` is 300.5 and `1.234,5` is 1234.5.
 */
export const vnLandRecords: MappingInput = {
  version: 1,
  name: 'vn-land-records',
  source: { format: 'xml', include: ['*/xml/**/*.xml'] },
  defaults: { normalize: 'NFC', decimal: ['.', ','] },
  tables: [persons, certificates, parcels, scans, couples, rightsOfUse],
};
