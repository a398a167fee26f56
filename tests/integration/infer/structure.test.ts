import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inferMapping } from '#engine/door';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { runLoad, writeFiles } from '#tests/helpers/run-load';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

/** What lies in what must still be known when everything is a row. */

let database: TestDatabase;
let folder: ReturnType<typeof temporaryFolder>;

beforeEach(async () => {
  database = await createDatabase(embeddedServer());
  folder = temporaryFolder();
});
afterEach(async () => {
  folder.remove();
  await database.drop();
});

async function inferAndLoad(files: Readonly<Record<string, string>>) {
  writeFiles(folder.path, files);
  const inferred = await inferMapping([folder.path], {}, { signal: AbortSignal.timeout(60_000) });
  const { report } = await runLoad(database, folder.path, inferred.mapping);
  const { rejects, conflicts } = report;
  expect({ rejects: rejects.total, conflicts: conflicts.insideLoad }).toEqual({ rejects: 0, conflicts: 0 });
  return inferred;
}

/** The join condition of a table's reference to another. */
function on(mapping: Awaited<ReturnType<typeof inferMapping>>['mapping'], from: string, to: string, one: string) {
  const table = mapping.tables.find(({ name }) => name === from);
  const reference = table?.references?.find((found) => found.table === to);
  expect(reference, `${from} → ${to}`).toBeDefined();
  return reference?.columns.map((column, at) => `one.${column} = ${one}.${reference.on[at]}`).join(' and ') ?? '';
}

describe('rows know what they stood in', () => {
  test('an element that holds itself, below elements of two kinds', async () => {
    const { mapping } = await inferAndLoad({
      'a.xml':
        '<root><p><t>x</t><q><v>c</v><q><v>c1</v></q></q><order><n>x</n><q><v>a</v></q></order><order><n>x</n><q><v>b</v></q></order></p>\n<p><t>x</t><q><v>d</v><q><v>d1</v></q></q></p></root>',
    });
    const rows = await database.query(`select one.v, outer_q.v as q, p.place as p, o.place as "order"
      from (select q.* from q) one
      left join q outer_q on ${on(mapping, 'q', 'q', 'outer_q')}
      left join (select *, p_place as place from p) p on ${on(mapping, 'q', 'p', 'p')}
      left join (select *, order_place as place from "order") o on ${on(mapping, 'q', 'order', 'o')} order by one.v`);
    expect(rows).toEqual([
      { v: 'a', q: null, p: 1, order: 1 },
      { v: 'b', q: null, p: 1, order: 2 },
      { v: 'c', q: null, p: 1, order: null },
      { v: 'c1', q: 'c', p: 1, order: null },
      { v: 'd', q: null, p: 2, order: null },
      { v: 'd1', q: 'd', p: 2, order: null },
    ]);
  });

  test('a tree without ids on one line', async () => {
    const { mapping } = await inferAndLoad({
      'a.xml':
        '<cat><node><t>Root</t><node><t>Kid</t><node><t>Leaf</t></node></node><node><t>Kid 2</t></node></node></cat>',
    });
    const rows = await database.query(
      `select one.t, up.t as up from node one left join node up on ${on(mapping, 'node', 'node', 'up')} order by 1`,
    );
    expect(rows).toEqual([
      { t: 'Kid', up: 'Root' },
      { t: 'Kid 2', up: 'Root' },
      { t: 'Leaf', up: 'Kid' },
      { t: 'Root', up: null },
    ]);
  });

  test('arrays in arrays of JSON, of several depths', async () => {
    const shapes = [
      {
        id: 'polygon',
        c: [
          [
            [10, 11],
            [12, 13],
          ],
          [[14, 15]],
        ],
      },
      {
        id: 'several',
        c: [
          [
            [
              [20, 21],
              [22, 23],
            ],
          ],
          [[[24, 25]], [[26, 27]]],
        ],
      },
    ];
    const { mapping } = await inferAndLoad({ 'shapes.json': JSON.stringify(shapes) });
    expect(mapping.tables.map(({ name }) => name)).toEqual(['shapes', 'c', 'item']);
    const self = mapping.tables[2]?.references?.find(({ table }) => table === 'item')?.columns.join(', ');
    // Each item by the way from its shape: whatever holds the same is one array.
    const arrays = await database.query(`with recursive tree as (
        select one.*, shapes_id || '/' || c_place as path from item one where (${self}) is null
        union all
        select one.*, path || ' ' || up.item_node from item one join tree up on ${on(mapping, 'item', 'item', 'up')})
      select shapes_id as id, array_agg(value order by item_node) as values, count(distinct path)::int as arrays
        from tree where value is not null group by path, id order by min(item_node)`);
    expect(arrays).toEqual(
      [
        [10, 11],
        [12, 13],
        [14, 15],
        [20, 21],
        [22, 23],
        [24, 25],
        [26, 27],
      ].map((values, at) => ({
        id: at < 3 ? 'polygon' : 'several',
        values,
        arrays: 1,
      })),
    );
  });

  test('items of JSON arrays with nulls among them: at their own places, and with a word about it', async () => {
    const series = [
      { id: 1, vals: [1, null, 3] },
      { id: 2, vals: [null, 5] },
    ];
    const { report } = await inferAndLoad({ 'series.jsonl': series.map((one) => JSON.stringify(one)).join('\n') });
    expect(await database.query('select series_id as id, place, value from vals order by 1, 2')).toEqual([
      { id: 1, place: 1, value: 1 },
      { id: 1, place: 3, value: 3 },
      { id: 2, place: 2, value: 5 },
    ]);
    expect(report.uncertain.filter(({ code }) => code === 'NULL_ITEMS')).toEqual([
      {
        code: 'NULL_ITEMS',
        path: '/series/vals',
        decided: 'they make no rows, but their places count',
        why: '2 of 5 items of these arrays are null',
      },
    ]);
  });

  test('a record with stray text: its fields, and the text', async () => {
    await inferAndLoad({ 'a.xml': '<root><rec id="1"><a x="7">A</a><b>B</b> stray </rec></root>' });
    expect(await database.query('select * from root')).toEqual([
      { rec_id: 1, rec: 'stray', rec_a_x: 7, rec_a: 'A', rec_b: 'B' },
    ]);
  });

  test('names in a namespace beside the same names in none', async () => {
    const item = (n: number) =>
      `<item><title>t${n}</title><dc:title>d${n}</dc:title><link>l${n}</link><atom:link href="a${n}"/></item>`;
    await inferAndLoad({
      'a.xml': `<rss xmlns:dc="urn:dc" xmlns:atom="urn:atom"><channel>${item(1)}${item(2)}</channel></rss>`,
    });
    expect(await database.query('select title, dc_title, link, link_href from item order by 1')).toEqual([
      { title: 't1', dc_title: 'd1', link: 'l1', link_href: 'a1' },
      { title: 't2', dc_title: 'd2', link: 'l2', link_href: 'a2' },
    ]);
  });

  test('objects that only their keys tell apart: rows with the key as a column', async () => {
    const users = (from: number) =>
      Object.fromEntries(
        Array.from({ length: 200 }, (_, at) => [
          `user${from + at}`,
          { name: `N ${at}`, roles: at % 3 === 0 ? ['a', 'b'] : [], ...(at > 5 && { age: at }) },
        ]),
      );
    const files = { 'users.json': { users: users(1000), version: 3 }, 'plain.json': users(5000) };
    const { report, mapping } = await inferAndLoad(
      Object.fromEntries(Object.entries(files).map(([name, content]) => [name, JSON.stringify(content)])),
    );
    expect(mapping.tables.map(({ name, records, key = [] }) => `${name} ${records ?? ''} ${key}`)).toEqual([
      'plain  file,place',
      'entry /*/*/* plain_file,plain_place,key',
      'roles /*/*/*/roles plain_file,plain_place,entry_key,place',
      'users  file,place',
      'users_users /*/*/users/* users_file,users_place,key',
      'users_users_roles /*/*/users/*/roles users_file,users_place,users_users_key,place',
    ]);
    expect(report.uncertain.filter(({ code }) => code === 'NAMES_AS_DATA')).toEqual(
      ['/plain', '/users/users'].map((path) => ({
        code: 'NAMES_AS_DATA',
        path,
        decided: 'one table, with the names as values of a column',
        why: 'it holds 200 different names, and what stands below them is alike (3 fields)',
      })),
    );
    const rows = (table: string, roles: string) =>
      database.query(`select key, name, age, (select string_agg(value, ',' order by place) from ${roles}) as roles
        from ${table} one where key like '%00_' order by key limit 8 offset 3`);
    const expected = (from: number) =>
      [3, 4, 5, 6, 7, 8, 9].map((at) => ({
        key: `user${from + at}`,
        name: `N ${at}`,
        age: at > 5 ? at : null,
        roles: at % 3 === 0 ? 'a,b' : null,
      }));
    expect(await rows('entry', 'roles where roles.entry_key = one.key')).toEqual(expected(5000));
    const ofUsers = 'users_users_roles where users_users_key = one.key';
    expect((await rows('users_users', ofUsers)).slice(0, 7)).toEqual(expected(1000));
  });
});
