import { expect, test } from 'vitest';
import { partOf } from '#renderer/components/long-list/list-part.ts';
import { columnWidths } from '#renderer/screens/tables/rows/column-widths.ts';
import { MOST_ROWS, pagesOf, rowCount } from '#renderer/screens/tables/rows/row-source.ts';

test('a counted table has as many rows as were counted', () => {
  expect(rowCount([{ total: 1_234, exact: true }])).toBe(1_234);
  expect(rowCount([{ total: 0, exact: true }])).toBe(0);
});

test('behind an estimate there is room for more, until a page has seen the end', () => {
  expect(rowCount([{ total: 400, exact: false }])).toBe(600);
  expect(
    rowCount([
      { total: 400, exact: false },
      { total: 433, exact: true },
    ]),
  ).toBe(433);
});

test('no more rows are offered than a browser can lay out', () => {
  expect(rowCount([{ total: 90_000_000, exact: false }])).toBe(MOST_ROWS);
});

test('the pages in sight are fetched, without the first, which is there already', () => {
  expect(pagesOf(0, 30)).toEqual([]);
  expect(pagesOf(190, 230)).toEqual([1]);
  expect(pagesOf(399, 400)).toEqual([1, 2]);
});

test('columns are as wide as their names and usual values, within bounds', () => {
  const rows = Array.from({ length: 50 }, (_, index) => [
    String(index),
    index === 7 ? 'x'.repeat(900) : 'Đan Phượng',
    null,
  ]);
  const [id, place, empty] = columnWidths({
    columns: ['id', 'diachi', 'a_rather_long_name_of_a_column_that_goes_on'],
    rows,
  });
  expect(id).toBe(72);
  expect(place).toBeGreaterThanOrEqual(100);
  expect(place).toBeLessThan(200);
  expect(empty).toBe(340);
});

test('shows a list that is too long to be drawn in parts, however many rows it has', () => {
  expect(partOf(1_000_000, 0)).toEqual({ part: 0, total: 1_000_000, offset: 0, count: 100_000 });
  expect(partOf(1_000_001, 99)).toEqual({ part: 10, total: 1_000_001, offset: 1_000_000, count: 1 });
  expect([partOf(0, 3), partOf(7, 1)].map(({ offset, count }) => [offset, count])).toEqual([
    [0, 0],
    [0, 7],
  ]);
});
