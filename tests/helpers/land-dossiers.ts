import { createHash } from 'node:crypto';

/**
 * Land-registry dossiers of invented people, always the same for the same numbers. `inventDossier` gives the facts,
 * `printDossier` the XML, `makeDossier` both at once.
 */

interface IdentityDocument {
  readonly id: string;
  readonly kind: string;
  readonly kindCode: string;
  readonly number: string;
  readonly issued: string;
  readonly issuer: string;
  readonly personalNumber: string;
}

interface Person {
  readonly id: string;
  readonly name: string;
  readonly born: string;
  readonly addressId: string;
  readonly gender: string;
  readonly documents: readonly IdentityDocument[];
}

interface Certificate {
  readonly id: string;
  readonly registerNumber: string;
  readonly issueNumber: string;
  readonly code: string;
  readonly issued: string;
  readonly barcode: string;
  readonly signer: string;
}

interface Couple {
  readonly id: string;
  readonly wifeId: string;
  readonly husbandId: string;
}

interface Dossier {
  readonly communeCode: string;
  readonly parcel: {
    readonly id: string;
    readonly sheet: string;
    readonly number: string;
    readonly area: string;
    readonly legalArea: string;
    readonly addressId: string;
    readonly valid: string;
  };
  /** One list per CaNhanCollection. */
  readonly persons: readonly (readonly Person[])[];
  readonly couples: readonly Couple[];
  /** Who holds the right of use: a couple's or a person's id. */
  readonly holderId: string;
  /** One list per GiayChungNhanCollection. */
  readonly certificates: readonly (readonly Certificate[])[];
  readonly registration: {
    readonly id: string;
    readonly certificateId: string;
    readonly archiveCode: string;
    readonly scans: readonly { readonly id: string; readonly kind: string; readonly file: string }[];
  };
}

interface DossierOptions {
  /** Five-digit code of the commune, e.g. `08071`. */
  readonly commune: string;
  /** Number of the dossier within the commune. */
  readonly number: number;
  /** 2 or more: the first two are a couple that holds the parcel. 1: that person holds it. Default 2. */
  readonly persons?: number;
  /** Scanned papers, a row of hoso each. Default 2. */
  readonly scans?: number;
}

const FAMILY_NAMES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương'];
const MALE_NAMES = ['Văn Bưởi', 'Đình Chuối', 'Hữu Xoài', 'Quốc Mít', 'Minh Ổi', 'Công Sầu', 'Đức Khế', 'Trọng Dừa'];
const FEMALE_NAMES = ['Thị Mận', 'Thị Đào', 'Thúy Lựu', 'Ngọc Quýt', 'Thị Nhãn', 'Kim Vải', 'Thị Mơ', 'Diễm Hồng'];
const SIGNERS = ['Phan Thử Nghiệm', 'Lý Văn Ví Dụ', 'Trịnh Thị Mẫu'];
const PAPERS = ['Đơn đăng ký', 'Giấy chứng nhận', 'Trích lục bản đồ', 'Tờ khai lệ phí', 'Hợp đồng chuyển nhượng'];

export function makeDossier(options: DossierOptions): string {
  return printDossier(inventDossier(options));
}

/** Facts of a dossier; all its ids are its own. */
export function inventDossier({ commune, number, persons = 2, scans = 2 }: DossierOptions): Dossier {
  const seed = `${commune}/${number}`;
  const people = Array.from({ length: persons }, (_, index) => inventPerson(seed, index));
  const [wife, husband] = people;
  const couples: Couple[] = [];
  if (wife && husband) couples.push({ id: idOf(`${seed}/couple`), wifeId: wife.id, husbandId: husband.id });
  const certificate = inventCertificate(seed, number);
  const area = (80 + (hash(`${seed}/area`) % 40_000) / 10).toFixed(1);
  return {
    communeCode: commune,
    parcel: {
      id: idOf(`${seed}/parcel`),
      sheet: `${1 + (number % 40)}`,
      number: number % 9 === 0 ? `${number}PK` : `${number}`,
      area,
      legalArea: area,
      addressId: idOf(`${seed}/address`),
      valid: 'true',
    },
    persons: [people],
    couples,
    holderId: couples[0]?.id ?? wife?.id ?? '',
    certificates: [[certificate]],
    registration: {
      id: idOf(`${seed}/registration`),
      certificateId: certificate.id,
      archiveCode: `${commune}.${`${number}`.padStart(6, '0')}`,
      scans: Array.from({ length: scans }, (_, index) => ({
        id: idOf(`${seed}/scan/${index}`),
        kind: PAPERS[index % PAPERS.length] as string,
        file: `${commune}-${number}-${index + 1}.pdf`,
      })),
    },
  };
}

function inventPerson(seed: string, index: number): Person {
  const own = `${seed}/person/${index}`;
  const female = index % 2 === 0;
  const born = 1945 + (hash(`${own}/born`) % 55);
  // 000 is no province's code, so the number belongs to nobody.
  const personalNumber = `000${`${hash(`${own}/number`)}`.padStart(9, '0').slice(-9)}`;
  return {
    id: idOf(own),
    name: `${pick(FAMILY_NAMES, `${own}/family`)} ${pick(female ? FEMALE_NAMES : MALE_NAMES, `${own}/name`)}`,
    born: `${born}`,
    addressId: idOf(`${seed}/address`),
    gender: female ? '0' : '1',
    documents: [
      {
        id: idOf(`${own}/document`),
        kind: 'Căn cước công dân',
        kindCode: '2',
        number: personalNumber,
        issued: `${2010 + (born % 12)}-0${1 + (born % 9)}-${10 + (born % 18)}`,
        issuer: 'Cục Cảnh sát (mẫu)',
        personalNumber,
      },
    ],
  };
}

function inventCertificate(seed: string, number: number): Certificate {
  const own = `${seed}/certificate`;
  const year = 2005 + (hash(own) % 18);
  return {
    id: idOf(own),
    registerNumber: `CH${`${number}`.padStart(5, '0')}`,
    issueNumber: `AA ${`${hash(`${own}/issue`) % 100_000_000}`.padStart(8, '0')}`,
    code: `0${hash(`${own}/code`) % 1_000_000_000}`,
    issued: `${year}-0${1 + (year % 9)}-${10 + (year % 18)} 00:00:00`,
    barcode: `${hash(`${own}/barcode`)}`.padStart(15, '0'),
    signer: pick(SIGNERS, own),
  };
}

/** 32 hexadecimal digits, upper case, no hyphens. */
export function idOf(seed: string): string {
  return createHash('md5').update(seed).digest('hex').toUpperCase();
}

function hash(seed: string): number {
  return createHash('md5').update(seed).digest().readUInt32BE(0);
}

function pick(list: readonly string[], seed: string): string {
  return list[hash(seed) % list.length] as string;
}

interface PrintOptions {
  /** Default namespace of the whole document. */
  readonly namespace?: string;
  /** Encoding the XML declaration names; the text itself is for the caller to encode. Default UTF-8. */
  readonly encoding?: string;
}

/** A dossier as XML of 3 to 4 kB. */
export function printDossier(dossier: Dossier, { namespace, encoding = 'UTF-8' }: PrintOptions = {}): string {
  const root = namespace === undefined ? 'HoSoDiaChinh' : `HoSoDiaChinh xmlns="${namespace}"`;
  return [
    `<?xml version="1.0" encoding="${encoding}"?>`,
    `<${root} xmlns:gml="http://www.opengis.net/gml">`,
    ...parcelLines(dossier),
    ...dossier.persons.flatMap((people) => collection('CaNhanCollection', people.flatMap(personLines))),
    ...collection('VoChongCollection', dossier.couples.flatMap(coupleLines)),
    ...collection('QuyenSuDungDatCollection', rightLines(dossier)),
    ...dossier.certificates.flatMap((list) => collection('GiayChungNhanCollection', list.flatMap(certificateLines))),
    ...collection('HoSoDangKyDatDaiCollection', registrationLines(dossier)),
    '</HoSoDiaChinh>',
    '',
  ].join('\n');
}

function parcelLines({ communeCode, parcel }: Dossier): string[] {
  const corner = 100 + (hash(parcel.id) % 900);
  const ring = `${corner},${corner} ${corner + 20},${corner} ${corner + 20},${corner + 15} ${corner},${corner}`;
  const fields = element('DC_ThuaDat', [
    field('thuaDatID', parcel.id),
    field('maDVHCXa', communeCode),
    field('soHieuToBanDo', parcel.sheet),
    field('soThuTuThua', parcel.number),
    field('dienTich', parcel.area),
    field('dienTichPhapLy', parcel.legalArea),
    field('diaChiID', parcel.addressId),
    field('phanLoaiDuLieu', '1'),
    field('trangThaiDangKy', '2'),
    field('hieuLuc', parcel.valid),
    field('phienBan', '1'),
    `<gml:Polygon><gml:outerBoundaryIs><gml:coordinates>${ring}</gml:coordinates></gml:outerBoundaryIs></gml:Polygon>`,
  ]);
  return collection('ThuaDatCollection', fields);
}

function personLines(person: Person): string[] {
  const documents = person.documents.flatMap((document) =>
    element('GiayToTuyThan', [
      field('giayToTuyThanID', document.id),
      field('tenLoaiGiayToTuyThan', document.kind),
      field('loaiGiayToTuyThan', document.kindCode),
      field('soGiayTo', document.number),
      field('ngayCap', document.issued),
      field('noiCap', document.issuer),
      field('maDinhDanhCaNhan', document.personalNumber),
      field('hieuLuc', 'true'),
    ]),
  );
  return element('CaNhan', [
    field('caNhanID', person.id),
    field('hoTen', person.name),
    field('namSinh', person.born),
    field('diaChiID', person.addressId),
    field('gioiTinh', person.gender),
    field('phienBan', '1'),
    ...element('GiayToTuyThanCollection', documents),
  ]);
}

function coupleLines(couple: Couple): string[] {
  return element('VoChong', [
    field('voChongID', couple.id),
    field('voID', couple.wifeId),
    field('chongID', couple.husbandId),
  ]);
}

function rightLines({ parcel, holderId }: Dossier): string[] {
  return element('QuyenSuDungDat', [
    field('quyenSuDungDatID', idOf(`${parcel.id}/right`)),
    field('thuaDatID', parcel.id),
    field('doiTuongID', holderId),
  ]);
}

function certificateLines(certificate: Certificate): string[] {
  return element('GiayChungNhan', [
    field('giayChungNhanID', certificate.id),
    field('soVaoSo', certificate.registerNumber),
    field('soPhatHanh', certificate.issueNumber),
    field('MaGiayChungNhan', certificate.code),
    field('ngayCap', certificate.issued),
    field('maVach', certificate.barcode),
    field('nguoiKy', certificate.signer),
    field('soVaoSoCu', ''),
  ]);
}

function registrationLines({ registration, communeCode }: Dossier): string[] {
  const scans = registration.scans.flatMap((scan) =>
    element('ThanhPhanHoSoDangKyDatDai', [
      field('thanhPhanHoSoID', scan.id),
      field('loaiGiayTo', scan.kind),
      field('tepTin', scan.file),
      field('url', `ho-so-quet/${scan.file}`),
    ]),
  );
  return element('HoSoDangKyDatDai', [
    field('hoSoDangKySoID', registration.id),
    field('giayChungNhanID', registration.certificateId),
    ...element('ThanhPhanHoSoDangKyDatDaiCollection', scans),
    field('maHoSoLuuTru', registration.archiveCode),
    field('maDVHCXa', communeCode),
  ]);
}

function collection(name: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : element(name, lines).map((line) => ` ${line}`);
}

function element(name: string, lines: readonly string[]): string[] {
  return [`<${name}>`, ...lines.map((line) => ` ${line}`), `</${name}>`];
}

function field(name: string, value: string): string {
  return `<${name}>${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</${name}>`;
}
