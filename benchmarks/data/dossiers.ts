import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureMade, openSink } from './files.ts';
import { createRandom, type Random, stableId } from './random.ts';
import { decimal, isoDate, isoTimestamp, personName } from './vietnamese.ts';

/** Rises whenever the same wishes would give other bytes. */
const DATA_VERSION = 2;
const COMMUNES = ['1. Xã Đồi Chè', '2. Xã Suối Trong', '3. Xã Đồng Lúa', '4. Xã Rừng Thông', '5. Thị trấn Cầu Đá'];
const DOSSIERS_PER_SHEET = 250;

export interface DossierFiles {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  readonly rows: Readonly<Record<string, number>>;
}

type Facts = Omit<DossierFiles, 'folder' | 'files'>;

/** Clean dossiers: nothing in them that today's script would lose, so that both sides must end with equal tables. */
export async function ensureDossiers(root: string, name: string, seed: number, files: number): Promise<DossierFiles> {
  const folder = join(root, name);
  mkdirSync(root, { recursive: true });
  const facts = await ensureMade(folder, { version: DATA_VERSION, seed, files }, (into) =>
    writeDossiers(into, seed, files),
  );
  return { folder, files, ...facts };
}

async function writeDossiers(into: string, seed: number, files: number): Promise<Facts> {
  let bytes = 0;
  const rows = { canhan: 0, giaychungnhan: 0, thuadat: 0, hoso: 0 };
  for (let file = 0; file < files; file += 1) {
    const random = createRandom(seed, file);
    const papers = random.between(1, 2);
    const sheet = Math.floor(file / COMMUNES.length / DOSSIERS_PER_SHEET) + 1;
    const folder = join(into, COMMUNES[file % COMMUNES.length]!, 'xml', `To${sheet}(BD${sheet}-LS)`);
    mkdirSync(folder, { recursive: true });
    const sink = openSink(join(folder, `DD-0${8070 + (file % COMMUNES.length)}-${file + 1}PK_XTHP.xml`));
    await sink.write(dossier(random, (kind, at = 0) => stableId(seed, file, kind, at), papers));
    bytes += await sink.close();
    rows.canhan += 2;
    rows.giaychungnhan += 1;
    rows.thuadat += 1;
    rows.hoso += papers;
  }
  return { bytes, rows };
}

type IdOf = (kind: number, at?: number) => string;
const PARCEL = 1;
const PERSON = 2;
const COUPLE = 3;
const CERTIFICATE = 4;
const DOSSIER = 5;
const PAPER = 6;
const ADDRESS = 7;
const IDENTITY = 8;

function dossier(random: Random, id: IdOf, papers: number): string {
  const area = decimal(random, 900);
  const body = [
    collection('ThuaDatCollection', [parcel(random, id, area)]),
    collection('CaNhanCollection', [person(random, id, 0), person(random, id, 1)]),
    collection('VoChongCollection', [
      element('VoChong', { voChongID: id(COUPLE), voID: id(PERSON, 0), chongID: id(PERSON, 1) }),
    ]),
    collection('QuyenSuDungDatCollection', [
      element('QuyenSuDungDat', { thuaDatID: id(PARCEL), doiTuongID: id(COUPLE) }),
    ]),
    collection('GiayChungNhanCollection', [certificate(random, id)]),
    collection('HoSoDangKyDatDaiCollection', [registration(random, id, papers)]),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<DuLieuDatDai xmlns:gml="http://www.opengis.net/gml">${body.join('')}\n</DuLieuDatDai>\n`;
}

function parcel(random: Random, id: IdOf, area: string): string {
  const x = random.between(500_000, 600_000);
  const y = random.between(2_300_000, 2_400_000);
  const corner = (east: number, north: number): string =>
    `${x + east}.${random.digits(3)} ${y + north}.${random.digits(3)}`;
  const first = corner(0, 0);
  const ring = [first, corner(21, 2), corner(20, 18), corner(-1, 17), first].join(' ');
  const polygon = `<geo><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>${ring}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></geo>`;
  const fields = {
    thuaDatID: id(PARCEL),
    maDVHCXa: `0${random.between(8070, 8075)}`,
    soHieuToBanDo: String(random.between(1, 90)),
    soThuTuThua: `${random.between(1, 700)}${random.chance(0.1) ? 'a' : ''}`,
    dienTich: area,
    dienTichPhapLy: area,
    diaChiID: id(ADDRESS, 9),
    phanLoaiDuLieu: '1',
    trangThaiDangKy: String(random.between(0, 2)),
    hieuLuc: 'true',
    phienBan: String(random.between(1, 3)),
  };
  return element('DC_ThuaDat', fields, random.chance(0.3) ? polygon : '');
}

function person(random: Random, id: IdOf, at: number): string {
  const identity = element('GiayToTuyThan', {
    giayToTuyThanID: id(IDENTITY, at),
    tenLoaiGiayToTuyThan: 'Chứng minh nhân dân',
    loaiGiayToTuyThan: '1',
    soGiayTo: `0${random.digits(8)}`,
    ngayCap: isoDate(random, 1995, 2015),
    noiCap: 'Công an tỉnh Mẫu Đông',
    maDinhDanhCaNhan: `0${random.digits(11)}`,
    hieuLuc: 'true',
  });
  const fields = {
    caNhanID: id(PERSON, at),
    hoTen: personName(random),
    namSinh: String(random.between(1935, 1998)),
    diaChiID: id(ADDRESS, at),
    gioiTinh: String(at),
    phienBan: '1',
  };
  return element('CaNhan', fields, `<GiayToTuyThanCollection>${identity}</GiayToTuyThanCollection>`);
}

function certificate(random: Random, id: IdOf): string {
  return element('GiayChungNhan', {
    giayChungNhanID: id(CERTIFICATE),
    soVaoSo: `CH ${random.digits(5)}`,
    soPhatHanh: `AA ${random.digits(8)}`,
    MaGiayChungNhan: `0${random.digits(14)}`,
    ngayCap: isoTimestamp(random, 1995, 2020),
    maVach: random.digits(13),
    nguoiKy: personName(random),
    soVaoSoCu: `0${random.digits(4)}`,
  });
}

function registration(random: Random, id: IdOf, papers: number): string {
  const parts = Array.from({ length: papers }, (_, at) =>
    element('ThanhPhanHoSoDangKyDatDai', {
      thanhPhanHoSoID: id(PAPER, at),
      loaiGiayTo: random.pick(['Đơn đăng ký', 'Giấy chứng nhận', 'Trích lục bản đồ', 'Biên bản xác định ranh giới']),
      tepTin: `DD-0${random.digits(4)}-${random.digits(2)}PK-${at + 1}.pdf`,
      url: `/ho-so-quet/To${random.between(1, 9)}/DD-0${random.digits(4)}.pdf`,
    }),
  );
  const fields = {
    hoSoDangKySoID: id(DOSSIER),
    giayChungNhanID: id(CERTIFICATE),
    maHoSoLuuTru: `LT-0${random.digits(6)}`,
    maDVHCXa: `0${random.between(8070, 8075)}`,
  };
  return element('HoSoDangKyDatDai', fields, collection('ThanhPhanHoSoDangKyDatDaiCollection', parts));
}

function collection(name: string, items: readonly string[]): string {
  return `\n<${name}>${items.join('')}</${name}>`;
}

function element(name: string, fields: Readonly<Record<string, string>>, more = ''): string {
  const inner = Object.entries(fields).map(([field, value]) => `<${field}>${value}</${field}>`);
  return `\n<${name}>${inner.join('')}${more}</${name}>`;
}
