import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inferMapping } from '#engine/load/infer-mapping';
import { writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { columnLines, tableLines } from './support.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const TYPES = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:s" xmlns="urn:s" elementFormDefault="qualified">
  <xs:simpleType name="Code"><xs:restriction base="xs:string"><xs:maxLength value="8"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Money"><xs:restriction base="xs:decimal"><xs:totalDigits value="12"/><xs:fractionDigits value="2"/></xs:restriction></xs:simpleType>
  <xs:complexType name="Base"><xs:sequence><xs:element name="code" type="Code"/></xs:sequence><xs:attribute name="version" type="xs:int" use="required"/></xs:complexType>
</xs:schema>`;
const SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:s" xmlns:s="urn:s" elementFormDefault="qualified">
  <xs:include schemaLocation="types.xsd"/>
  <xs:element name="shop"><xs:complexType><xs:sequence>
      <xs:element name="item" maxOccurs="unbounded"><xs:complexType><xs:complexContent><xs:extension base="s:Base"><xs:sequence>
        <xs:element name="price" type="s:Money"/>
        <xs:element name="sold" type="xs:boolean" minOccurs="0"/>
        <xs:element name="year" type="xs:date"/>
        <xs:element name="tag" type="xs:string" minOccurs="0" maxOccurs="5"/>
        <xs:any minOccurs="0"/>
      </xs:sequence></xs:extension></xs:complexContent></xs:complexType></xs:element>
      <xs:element name="sale" maxOccurs="unbounded"><xs:complexType><xs:attribute name="what" type="xs:string"/></xs:complexType></xs:element>
    </xs:sequence></xs:complexType>
    <xs:key name="items"><xs:selector xpath="s:item"/><xs:field xpath="s:code"/></xs:key>
    <xs:keyref name="sales" refer="s:items"><xs:selector xpath="s:sale"/><xs:field xpath="@what"/></xs:keyref>
  </xs:element>
</xs:schema>`;
const XML = `<shop xmlns="urn:s">
  <item version="1"><code>1001</code><price>5</price><sold>1</sold><year>in 2020</year><tag>x</tag></item>
  <item version="2"><code>1002</code><price>7.5</price><sold>0</sold><year>2021-01-01</year></item>
  <sale what="1001"/><sale what="1001"/></shop>`;

describe('an XML Schema', () => {
  test('refines types, keys, references and what may repeat, and never contradicts what was seen', async () => {
    writeFiles(folder.path, { 'data/a.xml': XML, 'main.xsd': SCHEMA, 'types.xsd': TYPES });
    const options = { xsd: join(folder.path, 'main.xsd') };
    const run = { signal: AbortSignal.timeout(10_000) };
    const inferred = await inferMapping([join(folder.path, 'data')], options, run);
    expect(tableLines(inferred)).toEqual([
      'item /shop/item [code]',
      'tag /shop/item/tag [item_code, place]',
      'sale /shop/sale []',
    ]);
    expect(columnLines(inferred, 'item')).toEqual([
      'version integer @version',
      'code varchar(8) code',
      'price numeric(12,2) price',
      'sold boolean sold',
      'year text year',
    ]);
    const { references, uncertain } = inferred.report;
    expect(references.filter(({ table }) => table === 'sale')).toEqual([
      { table: 'sale', columns: ['what'], to: 'item', on: ['code'], evidence: '1 of 1 different values are found' },
    ]);
    expect(uncertain.filter(({ code }) => code.startsWith('SCHEMA')).map(({ path, why }) => `${path} ${why}`)).toEqual([
      '/ the schema has 1 any, which are not looked at',
      '/shop/item/year the schema says date, which some of the values are not',
    ]);
    const without = await inferMapping([join(folder.path, 'data')], {}, run);
    expect(columnLines(without, 'item').slice(0, 4)).toEqual([
      'version integer @version',
      'code integer code',
      'price numeric(11,1) price',
      'sold integer sold',
    ]);
  });
});
