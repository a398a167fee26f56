import { expect, test } from 'vitest';
import { findPreset, presetNames } from '#contract/presets';
import { compileConverter } from '#engine/map/convert/compile-converter';

function landColumn(table: string, name: string) {
  const preset = findPreset('vn-land-records')!;
  const column = preset.tables.find((one) => one.name === table)!.columns.find((one) => one.name === name)!;
  return compileConverter(column, preset);
}

test('every preset is a valid mapping whose columns compile', () => {
  expect(presetNames).toEqual(['vn-land-records']);
  expect(findPreset('other')).toBeUndefined();
  for (const name of presetNames) {
    const preset = findPreset(name)!;
    for (const { columns } of preset.tables) for (const column of columns) compileConverter(column, preset);
  }
});

test('land records: the tables stand in foreign-key order, with their columns', () => {
  const preset = findPreset('vn-land-records')!;
  expect(preset.tables.map(({ name, keep, columns }) => [name, keep, columns.length])).toEqual([
    ['canhan', true, 15],
    ['giaychungnhan', true, 9],
    ['thuadat', true, 15],
    ['hoso', true, 9],
    ['vochong', false, 3],
    ['quyensudungdat', false, 2],
  ]);
  const created = preset.tables.filter(({ keep }) => keep).map(({ columns }) => columns.at(-1)?.name);
  expect(created).toEqual(['created_at', 'created_at', 'created_at', 'created_at']);
});

test.each([
  ['thuadat', 'dienTich', '300,5', '300.5'],
  ['thuadat', 'dienTich', '300.5', '300.5'],
  ['thuadat', 'dienTich', '1.300,5', '1300.5'],
  ['thuadat', 'dienTich', ' ', null],
  ['thuadat', 'hieuLuc', 'yes', 'true'],
  ['thuadat', 'soThuTuThua', '037PK', '037PK'],
  ['canhan', 'gioiTinh', 'Nữ'.normalize('NFD'), '0'],
  ['canhan', 'gioiTinh', 'Nam', '1'],
  ['canhan', 'gioiTinh', '1', '1'],
  ['canhan', 'ngayCap', '01/06/2015', '2015-06-01'],
  ['canhan', 'ngayCap', '2015-06-01 00:00:00', '2015-06-01'],
  ['giaychungnhan', 'ngayCap', '2015-06-01T00:00:00', '2015-06-01 00:00:00'],
  ['giaychungnhan', 'ngayCap', '01/06/2015', '2015-06-01 00:00:00'],
  ['giaychungnhan', 'ngayCap', '2015-06-01T00:00:00+07:00', '2015-06-01 00:00:00'],
])('land records: %s.%s reads %j as %j', (table, column, text, expected) => {
  expect(landColumn(table, column).one(text)).toBe(expected);
});

test('land records: an area that could be a thousand times as much is refused, not guessed', () => {
  expect(landColumn('thuadat', 'dienTich').one('1.234')).toMatchObject({ code: 'BAD_VALUE' });
});
