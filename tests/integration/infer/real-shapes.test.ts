import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inferMapping } from '#engine/door';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { runLoad } from '#tests/helpers/run-load';

/** Schemas nobody designed around: what is loaded is counted again in the files' own text. */

const FIXTURES = join(import.meta.dirname, '../../fixtures/infer');
let database: TestDatabase;

beforeEach(async () => {
  database = await createDatabase(embeddedServer());
});
afterEach(() => database.drop());

function folder(name: string) {
  const path = join(FIXTURES, name);
  const text = readdirSync(path)
    .sort()
    .map((file) => readFileSync(join(path, file), 'utf8'))
    .join('\n');
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const numbers = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, number]) => Number(number));
  return { path, count, sum: (pattern: RegExp) => numbers(pattern).reduce((total, number) => total + number, 0) };
}

async function inferAndLoad(path: string) {
  const inferred = await inferMapping([path], {}, { signal: AbortSignal.timeout(60_000) });
  const { report } = await runLoad(database, path, inferred.mapping);
  const { rejects, conflicts, files } = report;
  expect({ rejects: rejects.total, conflicts: conflicts.insideLoad, failed: files.failed }).toEqual({
    rejects: 0,
    conflicts: 0,
    failed: 0,
  });
  return { ...inferred, report };
}

async function number(sql: string): Promise<number> {
  const [row] = await database.query<{ n: string }>(`select (${sql})::text as n`);
  return Number(row?.n);
}

describe('what is inferred from real shapes loads whole', () => {
  test('a bibliographic record in fields and subfields', async () => {
    const { path, count } = folder('bibliographic');
    await inferAndLoad(path);
    expect({
      records: await number('select count(*) from record'),
      controls: await number('select count(*) from controlfield'),
      fields: await number('select count(*) from datafield'),
      subfields: await number('select count(*) from subfield'),
      titles: await number(
        "select count(*) from subfield join datafield using (record_file, record_place) where tag = '245' and datafield_place = place and code = 'a'",
      ),
      isbn: await number("select count(*) from subfield where value like '978604%' and code = 'a'"),
    }).toEqual({
      records: count(/<marc:record /g),
      controls: count(/<marc:controlfield /g),
      fields: count(/<marc:datafield /g),
      subfields: count(/<marc:subfield /g),
      titles: count(/tag="245"/g),
      isbn: count(/<marc:subfield code="a">978604/g),
    });
  });

  test('a cadastral GML with namespaces, geometry, nil and several kinds of features', async () => {
    const { path, count, sum } = folder('cadastral');
    const { mapping } = await inferAndLoad(path);
    expect(mapping.source).toMatchObject({ include: ['**/*.gml'] });
    expect({
      zones: await number('select count(*) from cadastralzoning'),
      parcels: await number('select count(*) from cadastralparcel'),
      holes: await number('select count(*) from interior'),
      area: await number('select sum(areavalue) from cadastralparcel'),
      corners: await number(
        "select sum(array_length(string_to_array(geometry_exterior_poslist, ' '), 1)) from cadastralparcel",
      ),
      codes: await number("select count(*) from cadastralparcel where inspireid_localid like '0%'"),
      ended: await number('select count(*) from cadastralparcel where endlifespanversion is not null'),
    }).toEqual({
      zones: count(/<cp:CadastralZoning /g),
      parcels: count(/<cp:CadastralParcel /g),
      holes: count(/<gml:interior>/g),
      area: Number(sum(/<cp:areaValue uom="m2">([\d.]+)</g).toFixed(2)),
      corners: 10 * count(/<cp:CadastralParcel /g),
      codes: count(/<base:localId>0/g),
      ended: 0,
    });
  });

  test('an e-invoice with parties, taxes, lines and properties of lines', async () => {
    const { path, count, sum } = folder('invoices');
    const { report } = await inferAndLoad(path);
    expect({
      invoices: await number('select count(*) from invoice'),
      lines: await number('select count(*) from invoiceline'),
      properties: await number('select count(*) from additionalitemproperty'),
      notes: await number('select count(*) from note'),
      lineAmounts: await number('select sum(lineextensionamount) from invoiceline'),
      totals: await number('select sum(legalmonetarytotal_lineextensionamount) from invoice'),
      quantity: await number('select sum(invoicedquantity) from invoiceline'),
      due: await number('select count(duedate) from invoice'),
      orphans: await number(
        'select count(*) from invoiceline l where not exists (select from invoice i where i.id = l.invoice_id)',
      ),
      read: Object.values(report.tables).reduce((total, { read }) => total + read, 0),
    }).toEqual({
      invoices: count(/<Invoice /g),
      lines: count(/<cac:InvoiceLine>/g),
      properties: count(/<cac:AdditionalItemProperty>/g),
      notes: count(/<cbc:Note>/g),
      lineAmounts: Number(
        sum(/<cac:InvoiceLine>[\s\S]*?<cbc:LineExtensionAmount currencyID="VND">([\d.]+)</g).toFixed(2),
      ),
      totals: Number(sum(/<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="VND">([\d.]+)</g).toFixed(2)),
      quantity: sum(/<cbc:InvoicedQuantity unitCode="C62">(\d+)</g),
      due: count(/<cbc:DueDate>/g),
      orphans: 0,
      read:
        count(/<Invoice /g) +
        count(/<cac:InvoiceLine>/g) +
        count(/<cac:AdditionalItemProperty>/g) +
        count(/<cbc:Note>/g),
    });
  });
});
