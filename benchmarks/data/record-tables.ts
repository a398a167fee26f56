import type { Random } from './random.ts';
import { stableId } from './random.ts';
import {
  address,
  commune,
  decimal,
  district,
  isoDate,
  isoTimestamp,
  note,
  personName,
  province,
} from './vietnamese.ts';

/**
 * The "records" of the benchmarks: about 1.3 kB of XML each, every record one row of one of four keyed and linked
 * tables. References point anywhere in the set, so mostly into other files.
 */
interface RecordContext {
  readonly random: Random;
  readonly id: string;
  /** The id of some row of that table, anywhere in the same set. */
  referTo(table: TableName): string;
}

interface RecordColumn {
  readonly name: string;
  readonly type: string;
  readonly value: (context: RecordContext) => string | null;
}

export interface RecordTable {
  readonly name: TableName;
  readonly element: string;
  readonly columns: readonly RecordColumn[];
  readonly references: readonly { readonly column: string; readonly table: TableName; readonly on: string }[];
}

export type TableName = 'canhan' | 'giaychungnhan' | 'thuadat' | 'hoso';

const updated: readonly RecordColumn[] = [
  { name: 'hieuLuc', type: 'boolean', value: ({ random }) => (random.chance(0.9) ? 'true' : 'false') },
  { name: 'phienBan', type: 'integer', value: ({ random }) => String(random.between(1, 9)) },
  { name: 'capNhat', type: 'timestamp', value: ({ random }) => isoTimestamp(random, 2015, 2025) },
];

const place: readonly RecordColumn[] = [
  { name: 'diaChi', type: 'varchar(500)', value: ({ random }) => address(random) },
  { name: 'xa', type: 'varchar(255)', value: ({ random }) => commune(random) },
  { name: 'huyen', type: 'varchar(255)', value: ({ random }) => district(random) },
  { name: 'tinh', type: 'varchar(255)', value: ({ random }) => province(random) },
];

function key(name: string): RecordColumn {
  return { name, type: 'varchar(255)', value: ({ id }) => id };
}

const remark: RecordColumn = {
  name: 'ghiChu',
  type: 'text',
  value: ({ random }) => (random.chance(0.1) ? null : note(random, 2, 8)),
};

/** Parents first. */
export const RECORD_TABLES: readonly RecordTable[] = [
  {
    name: 'canhan',
    element: 'CaNhan',
    references: [],
    columns: [
      key('caNhanID'),
      { name: 'hoTen', type: 'varchar(255)', value: ({ random }) => personName(random) },
      { name: 'ngaySinh', type: 'date', value: ({ random }) => isoDate(random, 1935, 2002) },
      { name: 'gioiTinh', type: 'integer', value: ({ random }) => String(random.between(0, 1)) },
      {
        name: 'danToc',
        type: 'varchar(50)',
        value: ({ random }) => random.pick(['Kinh', 'Tày', 'Thái', 'Mường', 'Nùng', 'Dao']),
      },
      { name: 'soGiayTo', type: 'varchar(50)', value: ({ random }) => `0${random.digits(11)}` },
      {
        name: 'loaiGiayTo',
        type: 'varchar(255)',
        value: ({ random }) => random.pick(['Căn cước công dân', 'Chứng minh nhân dân', 'Hộ chiếu']),
      },
      { name: 'ngayCap', type: 'date', value: ({ random }) => isoDate(random, 2005, 2024) },
      { name: 'noiCap', type: 'varchar(255)', value: () => 'Cục Cảnh sát quản lý hành chính về trật tự xã hội' },
      {
        name: 'dienThoai',
        type: 'varchar(20)',
        value: ({ random }) => (random.chance(0.3) ? null : `09${random.digits(8)}`),
      },
      ...place,
      remark,
      ...updated,
    ],
  },
  {
    name: 'giaychungnhan',
    element: 'GiayChungNhan',
    references: [{ column: 'chuSoHuuID', table: 'canhan', on: 'caNhanID' }],
    columns: [
      key('giayChungNhanID'),
      { name: 'chuSoHuuID', type: 'varchar(255)', value: ({ referTo }) => referTo('canhan') },
      { name: 'soVaoSo', type: 'varchar(100)', value: ({ random }) => `CH ${random.digits(5)}` },
      { name: 'soPhatHanh', type: 'varchar(100)', value: ({ random }) => `AA ${random.digits(8)}` },
      { name: 'maVach', type: 'varchar(50)', value: ({ random }) => `0${random.digits(14)}` },
      { name: 'ngayCap', type: 'timestamp', value: ({ random }) => isoTimestamp(random, 1995, 2024) },
      { name: 'nguoiKy', type: 'varchar(255)', value: ({ random }) => personName(random) },
      { name: 'coQuanCap', type: 'varchar(255)', value: ({ random }) => `Ủy ban nhân dân ${district(random)}` },
      {
        name: 'mucDich',
        type: 'varchar(255)',
        value: ({ random }) => random.pick(['Đất ở tại nông thôn', 'Đất trồng lúa nước', 'Đất trồng cây lâu năm']),
      },
      { name: 'dienTich', type: 'numeric(15,2)', value: ({ random }) => decimal(random, 90_000) },
      {
        name: 'thoiHan',
        type: 'date',
        value: ({ random }) => (random.chance(0.4) ? null : isoDate(random, 2030, 2070)),
      },
      ...place.slice(0, 3),
      remark,
      ...updated,
    ],
  },
  {
    name: 'thuadat',
    element: 'ThuaDat',
    references: [{ column: 'giayChungNhanID', table: 'giaychungnhan', on: 'giayChungNhanID' }],
    columns: [
      key('thuaDatID'),
      { name: 'giayChungNhanID', type: 'varchar(255)', value: ({ referTo }) => referTo('giaychungnhan') },
      { name: 'maDVHCXa', type: 'varchar(50)', value: ({ random }) => `0${random.digits(4)}` },
      { name: 'soHieuToBanDo', type: 'varchar(100)', value: ({ random }) => String(random.between(1, 120)) },
      {
        name: 'soThuTuThua',
        type: 'varchar(50)',
        value: ({ random }) => `${random.between(1, 900)}${random.chance(0.1) ? 'a' : ''}`,
      },
      { name: 'dienTich', type: 'numeric(15,2)', value: ({ random }) => decimal(random, 50_000) },
      { name: 'dienTichPhapLy', type: 'numeric(15,2)', value: ({ random }) => decimal(random, 50_000) },
      {
        name: 'kinhDo',
        type: 'double precision',
        value: ({ random }) => `10${random.between(3, 8)}.${random.digits(6)}`,
      },
      {
        name: 'viDo',
        type: 'double precision',
        value: ({ random }) => `${random.between(10, 22)}.${random.digits(6)}`,
      },
      { name: 'nguonGoc', type: 'varchar(500)', value: ({ random }) => note(random, 1, 1) },
      ...place,
      { name: 'trangThai', type: 'integer', value: ({ random }) => String(random.between(0, 4)) },
      remark,
      ...updated,
    ],
  },
  {
    name: 'hoso',
    element: 'HoSo',
    references: [
      { column: 'thuaDatID', table: 'thuadat', on: 'thuaDatID' },
      { column: 'nguoiNopID', table: 'canhan', on: 'caNhanID' },
    ],
    columns: [
      key('hoSoID'),
      { name: 'thuaDatID', type: 'varchar(255)', value: ({ referTo }) => referTo('thuadat') },
      { name: 'nguoiNopID', type: 'varchar(255)', value: ({ referTo }) => referTo('canhan') },
      {
        name: 'maHoSo',
        type: 'varchar(100)',
        value: ({ random }) => `000.${random.digits(2)}.H${random.digits(2)}-${random.digits(6)}`,
      },
      {
        name: 'loaiGiayTo',
        type: 'varchar(255)',
        value: ({ random }) => random.pick(['Đơn đăng ký biến động', 'Hợp đồng chuyển nhượng', 'Trích lục bản đồ']),
      },
      {
        name: 'tepTin',
        type: 'varchar(255)',
        value: ({ random }) => `DD-0${random.digits(4)}-${random.digits(2)}PK_${random.digits(6)}.pdf`,
      },
      { name: 'url', type: 'text', value: ({ id }) => `https://luu-tru.example.vn/ho-so/${id}?trang=1&tai=0` },
      { name: 'soTrang', type: 'integer', value: ({ random }) => String(random.between(1, 40)) },
      { name: 'dungLuong', type: 'bigint', value: ({ random }) => String(random.between(10_000, 90_000_000)) },
      { name: 'ngayNop', type: 'timestamp', value: ({ random }) => isoTimestamp(random, 2012, 2025) },
      {
        name: 'ngayTra',
        type: 'date',
        value: ({ random }) => (random.chance(0.2) ? null : isoDate(random, 2012, 2025)),
      },
      { name: 'canBo', type: 'varchar(255)', value: ({ random }) => personName(random) },
      { name: 'diaChi', type: 'varchar(500)', value: ({ random }) => address(random) },
      { name: 'daKy', type: 'boolean', value: ({ random }) => (random.chance(0.8) ? 'true' : 'false') },
      remark,
      ...updated,
    ],
  },
];

/** Of ten records in a row: which table, and the how-manieth of that table in the ten. */
const TURN: readonly TableName[] = [
  'canhan',
  'hoso',
  'giaychungnhan',
  'thuadat',
  'canhan',
  'hoso',
  'thuadat',
  'canhan',
  'giaychungnhan',
  'hoso',
];

const TABLE_NUMBER: Readonly<Record<TableName, number>> = { canhan: 1, giaychungnhan: 2, thuadat: 3, hoso: 4 };

/** Rows of a table in a set of `total` records (a multiple of ten). */
export function rowsOf(table: TableName, total: number): number {
  return (total / TURN.length) * TURN.filter((name) => name === table).length;
}

/** Where record `index` of a set belongs. */
export function placeOf(index: number): { readonly table: TableName; readonly row: number } {
  const turn = index % TURN.length;
  const table = TURN[turn]!;
  const perTurn = TURN.filter((name) => name === table).length;
  const before = TURN.slice(0, turn).filter((name) => name === table).length;
  return { table, row: Math.floor(index / TURN.length) * perTurn + before };
}

export function recordId(seed: number, table: TableName, row: number): string {
  return stableId(seed, TABLE_NUMBER[table], row);
}
