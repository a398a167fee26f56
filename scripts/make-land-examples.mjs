// Writes examples/land-records: good dossiers, and one file per awkward case. People, parcels and numbers are invented.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import iconv from 'iconv-lite';
import { idOf, inventDossier, printDossier } from '#tests/helpers/land-dossiers';

const target = process.argv[2] ?? 'examples/land-records';
const FIRST = { folder: '1. Xa Mau', code: '90011' };
const SECOND = { folder: '2. Xã Sông Lam', code: '90022' };
const THIRD = { folder: '3. P. Tân Lập (cũ)', code: '90033' };
const FOURTH = { folder: '4. Xa Hoa', code: '90044' };
const AWKWARD = `${FIRST.folder}/xml/To2`;

const files = new Map();
const put = (path, content) => files.set(path, content);

/** @returns a copy of `dossier` whose persons went through `change(person, index)`. */
const withPersons = (dossier, change) => ({ ...dossier, persons: dossier.persons.map((list) => list.map(change)) });
const withParcel = (dossier, parcel) => ({ ...dossier, parcel: { ...dossier.parcel, ...parcel } });
const withCertificate = (dossier, certificate) => ({
  ...dossier,
  certificates: dossier.certificates.map((list) => list.map((one) => ({ ...one, ...certificate }))),
});

function putGood({ folder, code }, sheet, number, options) {
  const dossier = inventDossier({ commune: code, number, ...options });
  const name = `DD-${code}-${dossier.parcel.number}_MAU-${number}-${dossier.parcel.id}`;
  put(`${folder}/xml/${sheet}/${name}.xml`, printDossier(dossier));
  for (const scan of dossier.registration.scans) put(`${folder}/ho-so-quet/${sheet}/${scan.file}`, EMPTY_PDF);
}

const EMPTY_PDF =
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n';

putGood(FIRST, 'To1(BD299-XM)', 37, { persons: 2 });
putGood(FIRST, 'To1(BD299-XM)', 45, { persons: 2, scans: 3 });
putGood(FIRST, 'To1(BD299-XM)', 46, { persons: 1, scans: 1 });
putGood(SECOND, 'To7', 101, { persons: 3 });
putGood(SECOND, 'To7', 102, { persons: 2, scans: 0 });
putGood(THIRD, 'To12', 9, { persons: 2, scans: 1 });

/** The awkward cases: the dossier's number is the file's. */
const base = (number, options) => inventDossier({ commune: FIRST.code, number: 500 + number, scans: 1, ...options });
const awkward = (number, name, dossier, options) =>
  put(`${AWKWARD}/${`${number}`.padStart(2, '0')}-${name}.xml`, printDossier(dossier, options));

awkward(1, 'decimal-comma', withParcel(base(1), { area: '300,5', legalArea: '1.300,5' }));
awkward(2, 'blank-area', withParcel(base(2), { area: ' ', legalArea: '' }));
awkward(
  3,
  'gender-as-word',
  withPersons(base(3), (person, index) => ({ ...person, gender: index === 0 ? 'Nữ' : 'Nam' })),
);

const parted = base(4);
const [wife, husband] = parted.persons[0];
awkward(4, 'spouse-in-another-file', { ...parted, persons: [[husband]] });
const other = base(5, { persons: 1 });
awkward(5, 'the-other-spouse', { ...other, persons: [[...other.persons[0], wife]] });

const widowed = base(6);
awkward(6, 'spouse-missing-everywhere', { ...widowed, persons: [[widowed.persons[0][1]]] });

awkward(
  7,
  'date-day-first',
  withPersons(withCertificate(base(7), { issued: '01/06/2015' }), (person) => ({
    ...person,
    documents: person.documents.map((document) => ({ ...document, issued: '05/04/2013' })),
  })),
);
awkward(8, 'date-with-t', withCertificate(base(8), { issued: '2015-06-01T00:00:00' }));
awkward(9, 'default-namespace', base(9), { namespace: 'urn:mau:ho-so-dia-chinh' });

const split = base(10);
awkward(10, 'second-collection', {
  ...split,
  persons: [[split.persons[0][0]], [split.persons[0][1]]],
  certificates: [split.certificates[0], base(910).certificates[0]],
});
awkward(
  11,
  'second-identity-document',
  withPersons(base(11), (person, index) => ({
    ...person,
    documents: index === 0 ? [...person.documents, oldDocument(person)] : person.documents,
  })),
);
function oldDocument(person) {
  const [document] = person.documents;
  const number = '000123456';
  return { ...document, id: idOf(`${person.id}/old`), kind: 'Chứng minh nhân dân', kindCode: '1', number };
}

put(
  `${AWKWARD}/12-not-well-formed.xml`,
  printDossier(base(12)).replace(
    '</GiayChungNhan>\n </GiayChungNhanCollection>',
    '</GiayChungNha>\n </GiayChungNhanCollection>',
  ),
);
awkward(
  13,
  'empty-key',
  withPersons(base(13, { persons: 3 }), (person, index) => (index === 2 ? { ...person, id: ' ' } : person)),
);

const shared = base(14);
awkward(14, 'same-key-first', shared);
const later = base(15);
awkward(15, 'same-key-other-values', {
  ...withPersons(shared, (person, index) => (index === 0 ? { ...person, name: `${person.name} (sửa)` } : person)),
  parcel: later.parcel,
  registration: { ...later.registration, certificateId: shared.registration.certificateId },
});

const wide = printDossier(base(16), { encoding: 'UTF-16' });
put(`${AWKWARD}/16-utf-16.xml`, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(wide, 'utf16le')]));
put(`${AWKWARD}/17-windows-1258.xml`, windows1258(printDossier(base(17), { encoding: 'windows-1258' })));
put(
  `${AWKWARD}/18-cdata-and-entities.xml`,
  printDossier(
    withPersons(base(18), (person, index) => ({ ...person, name: index === 0 ? 'CDATA-NAME' : 'ENTITY-NAME' })),
  )
    .replace('CDATA-NAME', '<![CDATA[Bà <Mẫu> & con]]> Thị Mận')
    .replace('ENTITY-NAME', '&#272;inh V&#x103;n &quot;B&#432;&#7903;i&quot; &amp; em'),
);
put(`${AWKWARD}/19-empty.xml`, '');
put(`${AWKWARD}/20-not-nfc.xml`, printDossier(base(20)).normalize('NFD'));
awkward(21, 'area-does-not-parse', withParcel(base(21), { area: 'abc' }));
const orphan = base(22, { scans: 2 });
awkward(22, 'certificate-missing-everywhere', { ...orphan, certificates: [] });

put('xml/23-no-commune-folder.xml', printDossier(base(23)));
put(`${SECOND.folder}/luu-tru/xml/24-xml-folder-too-deep.xml`, printDossier(base(24)));
put(`${FOURTH.folder}/XML/25-UPPER-CASE.XML`, printDossier(base(25)));
put(`${THIRD.folder}/26-beside-the-xml-folder.xml`, printDossier(base(26)));

rmSync(join(target, 'xml'), { recursive: true, force: true });
for (const { folder } of [FIRST, SECOND, THIRD, FOURTH]) rmSync(join(target, folder), { recursive: true, force: true });
for (const [path, content] of files) {
  mkdirSync(dirname(join(target, path)), { recursive: true });
  writeFileSync(join(target, path), content);
}
process.stderr.write(`${files.size} files in ${target}\n`);

/** Windows-1258 writes a tone as a mark after the letter, and has only some letters with both in one. */
function windows1258(text) {
  const spelled = [...text.normalize('NFC')].map((letter) => {
    if (iconv.decode(iconv.encode(letter, 'windows-1258'), 'windows-1258') === letter) return letter;
    const [base, ...marks] = letter.normalize('NFD');
    const tones = marks.filter((mark) => '\u0300\u0301\u0303\u0309\u0323'.includes(mark));
    const shape = marks.filter((mark) => !tones.includes(mark));
    return `${[base, ...shape].join('').normalize('NFC')}${tones.join('')}`;
  });
  const bytes = iconv.encode(spelled.join(''), 'windows-1258');
  if (iconv.decode(bytes, 'windows-1258').normalize('NFC') !== text.normalize('NFC')) {
    throw new Error('A letter of the example does not exist in windows-1258.');
  }
  return bytes;
}
