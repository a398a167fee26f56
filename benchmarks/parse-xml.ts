/**
 * MB/s of the XML parsers on one document of Vietnamese records of about 1.3 kB, one core: Loadstone's scanner (as the
 * loader uses it), saxes without namespaces, and libxml2-wasm with and without walking its tree.
 *
 *     node benchmarks/parse-xml.ts [megabytes] [rounds]
 */
import { ParseOption, XmlDocument } from 'libxml2-wasm';
import { SaxesParser } from 'saxes';
import { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { parseXmlBuffer, parseXmlFile } from '#engine/parse/xml/parse-xml-file';

const MEGABYTE = 1_000_000;
const CHUNK = 64 * 1024;

const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Võ', 'Đặng'];
const GIVEN = ['Văn Ánh', 'Thị Hồng Nhung', 'Đức Thịnh', 'Ngọc Bảo Trâm', 'Quốc Khánh', 'Thúy Kiều'];
const PLACE = ['thôn Hiền Lương, xã Vĩnh Thành', 'ấp Bình Hòa, xã Tân Phú', 'khu phố 3, phường Đông Giang'];

function record(number: number): string {
  const id = (salt: number) => (number * 2654435761 + salt * 40503).toString(16).padStart(16, '0').repeat(2);
  const name = `${FAMILY[number % 8]} ${GIVEN[number % 6]}`;
  return `    <CaNhan phienBan="1">
      <caNhanID>${id(1)}</caNhanID>
      <hoTen>${name}</hoTen>
      <namSinh>${1940 + (number % 60)}</namSinh>
      <gioiTinh>${number % 2}</gioiTinh>
      <diaChi>${PLACE[number % 3]}, huyện Vĩnh Linh, tỉnh Quảng Trị</diaChi>
      <diaChiID>${id(2)}</diaChiID>
      <quocTich>Việt Nam</quocTich>
      <danToc>Kinh</danToc>
      <ghiChu>Hồ sơ được số hóa từ sổ địa chính lập năm 1998, trang ${number % 200}; đã đối chiếu với bản đồ giải thửa &amp; sổ mục kê của xã.</ghiChu>
      <GiayToTuyThanCollection>
        <GiayToTuyThan>
          <giayToTuyThanID>${id(3)}</giayToTuyThanID>
          <tenLoaiGiayToTuyThan>Căn cước công dân</tenLoaiGiayToTuyThan>
          <loaiGiayToTuyThan>5</loaiGiayToTuyThan>
          <soGiayTo>0${45000000000 + number}</soGiayTo>
          <ngayCap>2021-04-${String(10 + (number % 18))}</ngayCap>
          <noiCap>Cục Cảnh sát quản lý hành chính về trật tự xã hội</noiCap>
          <maDinhDanhCaNhan>0${45000000000 + number}</maDinhDanhCaNhan>
          <hieuLuc>true</hieuLuc>
        </GiayToTuyThan>
      </GiayToTuyThanCollection>
      <created_at>2024-01-15T08:30:00</created_at>
    </CaNhan>
`;
}

function makeDocument(bytes: number): Buffer {
  const parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<DC_HoSo>\n  <CaNhanCollection>\n'];
  for (let number = 0, length = 0; length < bytes; number++) {
    const text = record(number);
    length += Buffer.byteLength(text);
    parts.push(text);
  }
  return Buffer.from(`${parts.join('')}  </CaNhanCollection>\n</DC_HoSo>\n`);
}

/** Takes text in elements without children and attributes, as a mapping that maps every field does. */
class Fields implements TreeHandler {
  wantsText = false;
  wantsAttributes = true;
  taken = 0;
  open(): void {
    this.wantsText = true;
  }
  attribute(_name: number, value: string): void {
    this.taken += value.length;
  }
  text(piece: string): void {
    this.taken += piece.length;
  }
  unresolvedEntity(): void {}
  unresolvedAttributeEntity(): void {}
  close(): void {
    this.wantsText = false;
  }
}

class Nothing extends Fields {
  override open(): void {}
  override wantsAttributes = false;
}

async function* chunksOf(document: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < document.length; at += CHUNK) yield document.subarray(at, at + CHUNK);
}

const names = new NameTable();

async function scan(document: Buffer, handler: Fields): Promise<number> {
  await parseXmlFile(chunksOf(document), { path: 'benchmark.xml', encoding: 'auto', names, handler });
  return handler.taken;
}

function small(document: Buffer): number {
  const handler = new Fields();
  const one = Buffer.from(`<r>\n${record(1)}</r>`);
  const files = Math.floor(document.length / one.length);
  for (let file = 0; file < files; file++) {
    parseXmlBuffer(one, { path: 'benchmark.xml', encoding: 'auto', names, handler });
  }
  return handler.taken;
}

function saxes(document: Buffer): number {
  const parser = new SaxesParser({ xmlns: false });
  let taken = 0;
  parser.on('text', (text) => {
    taken += text.length;
  });
  parser.on('opentag', (tag) => {
    taken += tag.name.length;
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let at = 0; at < document.length; at += CHUNK) {
    parser.write(decoder.decode(document.subarray(at, at + CHUNK), { stream: true }));
  }
  parser.close();
  return taken;
}

function libxml2(document: Buffer): number {
  const tree = XmlDocument.fromBuffer(document, { option: ParseOption.XML_PARSE_NO_XXE });
  const name = tree.root.name;
  tree.dispose();
  return name.length;
}

async function megabytesPerSecond(document: Buffer, parse: (document: Buffer) => unknown): Promise<number> {
  const start = process.hrtime.bigint();
  await parse(document);
  return document.length / MEGABYTE / (Number(process.hrtime.bigint() - start) / 1e9);
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

const megabytes = Number(process.argv[2] ?? 50);
const rounds = Number(process.argv[3] ?? 5);
const document = makeDocument(megabytes * MEGABYTE);
const contenders: readonly (readonly [string, (document: Buffer) => unknown])[] = [
  ['scanner, every field', (bytes) => scan(bytes, new Fields())],
  ['scanner, nothing wanted', (bytes) => scan(bytes, new Nothing())],
  ['scanner, one file per record', small],
  ['saxes', saxes],
  ['libxml2-wasm, no walk', libxml2],
];
const results = new Map<string, number[]>(contenders.map(([name]) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const [name, parse] of contenders) {
    results.get(name)?.push(await megabytesPerSecond(document, parse));
    if (round === 0) console.log(`RSS after ${name}: ${Math.round(process.memoryUsage().rss / MEGABYTE)} MB`);
  }
}
const saxesSpeeds = results.get('saxes') ?? [];
console.log(
  `\n${megabytes} MB, ${rounds} rounds in turn: median, best, and the median of the ratios to saxes in the same round`,
);
for (const [name, speeds] of results) {
  const ratio = median(speeds.map((speed, round) => speed / (saxesSpeeds[round] ?? 1)));
  const figures = [median(speeds), Math.max(...speeds)].map((speed) => speed.toFixed(0).padStart(5)).join(' ');
  console.log(`${name.padEnd(30)} ${figures} MB/s  ${ratio.toFixed(2)} × saxes`);
}
