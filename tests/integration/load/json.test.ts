import { expect, test } from 'vitest';
import type { MappingInput } from '#contract/mapping';
import { describeEachServer } from '#tests/helpers/database';
import { loadBench } from '#tests/helpers/load-bench';

function jsonMapping(...tables: MappingInput['tables']): MappingInput {
  return { version: 1, name: 'test', source: { format: 'json' }, tables };
}

const orders: MappingInput['tables'][number] = {
  name: 'orders',
  key: ['id'],
  columns: [
    { name: 'id', type: 'numeric(30,0)', path: 'id' },
    { name: 'buyer', type: 'text', path: 'buyer/name' },
    { name: 'paid', type: 'boolean', path: 'paid' },
    { name: 'tags', type: 'text', path: 'tags', many: 'join' },
  ],
};
const lines: MappingInput['tables'][number] = {
  name: 'lines',
  records: 'lines',
  key: ['order', 'place'],
  columns: [
    { name: 'order', type: 'numeric(30,0)', path: '$parent.id' },
    { name: 'place', type: 'integer', path: '$index' },
    { name: 'price', type: 'numeric(20,6)', path: 'price' },
    { name: 'article', type: 'text', path: '["article:no"]' },
  ],
  references: [{ columns: ['order'], table: 'orders', on: ['id'] }],
};

const ORDERS = [
  '{"id":123456789012345678901,"buyer":{"name":"Ánh"},"paid":true,"tags":["a","b"],"lines":[{"price":0.100000,"article:no":"08071"},{"price":1e2}]}',
  '{"id":2,"paid":null,"lines":[]}',
];
const LOADED = {
  orders: ['id=123456789012345678901, buyer=Ánh, paid=true, tags=a; b', 'id=2'],
  lines: [
    'order=123456789012345678901, place=1, price=0.100000, article=08071',
    'order=123456789012345678901, place=2, price=100.000000',
  ],
};

describeEachServer('JSON', (server) => {
  const bench = loadBench(server);

  test.each([
    ['an array', 'a.json', `[\n${ORDERS.join(',\n')}\n]`],
    ['lines', 'a.jsonl', `${ORDERS.join('\n\n')}\n`],
    ['UTF-16 lines', 'a.ndjson', Buffer.from(`\ufeff${ORDERS.join('\r\n')}`, 'utf16le')],
  ])('%s of nested objects become tables with their children', async (_, name, content) => {
    bench.write({ [name]: content });
    expect(await bench.load(jsonMapping(lines, orders))).toEqual({
      counts: { lines: '2 read, 2 inserted', orders: '2 read, 2 inserted' },
      rows: LOADED,
    });
  });

  test('one object holds the records of several tables below its keys', async () => {
    bench.write({ 'a.json': `{"page":1,"data":{"orders":[${ORDERS.join(',')}]}}` });
    const outcome = await bench.load(jsonMapping({ ...orders, records: 'data/orders' }, lines));
    expect(outcome.rows).toEqual(LOADED);
  });

  test('values that do not fit reject their rows, children of rejected rows with them', async () => {
    bench.write({
      'a.jsonl':
        '{"id":1,"lines":[{"price":"x"},{"price":2}]}\n{"id":"y","lines":[{"price":3}]}\n{"id":{"a":1},"lines":[]}\n',
    });
    expect(await bench.load(jsonMapping(orders, lines))).toEqual({
      counts: { orders: '3 read, 1 inserted, 2 rejected', lines: '3 read, 1 inserted, 2 rejected' },
      rejects: [
        'a.jsonl:1 lines.price "x" BAD_VALUE',
        'a.jsonl:2 orders.id "y" BAD_VALUE',
        'a.jsonl:2 lines.order PARENT_REJECTED',
        'a.jsonl:3 orders.id MISSING_KEY',
      ],
      rows: { orders: ['id=1'], lines: ['order=1, place=2, price=2.000000'] },
    });
  });

  test('a broken line of JSON lines is rejected with its line and text, the rows before and after are loaded', async () => {
    bench.write({
      'a.jsonl':
        '{"id":1}\n{"id":2,"id":3}\n\n{"id":4,"lines":[{"price":1}]}\n{"id":5,"buyer":{"name":"x"\n{"id":6}\n{"id":',
    });
    expect(await bench.load(jsonMapping(orders, lines))).toEqual({
      counts: { orders: '6 read, 3 inserted, 3 rejected', lines: '1 read, 1 inserted' },
      rejects: [
        'a.jsonl:2 orders "{\\"id\\":2,\\"id\\":3}" BROKEN_RECORD',
        'a.jsonl:5 orders "{\\"id\\":5,\\"buyer\\":{\\"name\\":\\"x\\"" BROKEN_RECORD',
        'a.jsonl:7 orders "{\\"id\\":" BROKEN_RECORD',
      ],
      rows: { orders: ['id=1', 'id=4', 'id=6'], lines: ['order=4, place=1, price=1.000000'] },
    });
  });

  test('a damaged array is refused with its line, and nothing of it is loaded; lines of which none can be read too', async () => {
    bench.write({
      'a.json': '[{"id":1},\n{"id":2,}]',
      'b.jsonl': "{'id':3}\n{'id':4}\n",
      'c.json': '{"id":6}',
    });
    expect(await bench.load(jsonMapping(orders))).toEqual({
      counts: { orders: '1 read, 1 inserted' },
      failed: ['a.json:2 JSON_NOT_WELL_FORMED', 'b.jsonl:1 JSON_NOT_WELL_FORMED'],
      rows: { orders: ['id=6'] },
    });
  });
});
