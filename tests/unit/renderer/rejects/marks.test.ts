import { expect, it } from 'vitest';
import type { SourceExcerpt } from '#contract/api/reject-corrections';
import { findMarks, partsOf, type Sought } from '#renderer/screens/rejects/record/marks.ts';

/** The lines of a file, of which those from `first` to `last` are the record. */
function excerptOf(text: string, first = 1, last = text.split('\n').length): SourceExcerpt {
  const lines = text.split('\n').map((line, at) => ({ number: at + 1, column: 1, text: line, more: false }));
  return {
    lines,
    begins: { line: first, column: 1 },
    ends: { line: last, column: (lines[last - 1]?.text.length ?? 0) + 1 },
  };
}

/** The lines with what is marked in brackets. */
function marked(excerpt: SourceExcerpt, ...sought: readonly Sought[]): readonly string[] {
  const marks = findMarks(excerpt, sought);
  return excerpt.lines.map(({ number, text }) =>
    partsOf(text, marks.get(number) ?? [])
      .map((part) => (part.marked ? `[${part.text}]` : part.text))
      .join(''),
  );
}

it('marks a value where its field has it, not where it stands by chance', () => {
  const xml = excerptOf('<thua>\n  <soTo>4</soTo>\n  <dienTich dv="4">4</dienTich>\n</thua>');
  expect(marked(xml, { value: '4', field: 'dienTich' })).toEqual([
    '<thua>',
    '  <soTo>4</soTo>',
    '  <dienTich dv="4">[4]</dienTich>',
    '</thua>',
  ]);
  const json = excerptOf('{"so": 4, "ten": "A \\"B\\"", "dienTich": "bốn 4"}');
  expect(marked(json, { value: 'A "B"', field: 'ten' }, { value: 'bốn 4', field: 'dienTich' })).toEqual([
    '{"so": 4, "ten": "[A \\"B\\"]", "dienTich": "[bốn 4]"}',
  ]);
});

it('marks a value of a CSV line only when chance is unlikely, and never within a word', () => {
  expect(marked(excerptOf('1,An,khoảng 4,14'), { value: 'khoảng 4', field: 'dien_tich' })).toEqual([
    '1,An,[khoảng 4],14',
  ]);
  expect(marked(excerptOf('4,4,4,14'), { value: '4', field: 'dien_tich' })).toEqual(['4,4,4,14']);
  expect(marked(excerptOf('40,14,a4'), { value: '4', field: undefined })).toEqual(['40,14,a4']);
});

it('marks values as files write them, over several lines, and only within the record', () => {
  const text = '<a>x</a>\n<b>R&amp;D\nở đây</b>\n<c>x</c>';
  expect(marked(excerptOf(text, 2, 3), { value: 'R&D\nở đây', field: 'b' }, { value: 'x', field: 'a' })).toEqual([
    '<a>x</a>',
    '<b>[R&amp;D]',
    '[ở đây]</b>',
    '<c>x</c>',
  ]);
});

it('marks where a missing value should stand', () => {
  const empty = (text: string) => marked(excerptOf(text), { value: null, field: 'hoSo/maXa' })[0];
  expect(empty('<r><maXa/><x/></r>')).toBe('<r>[<maXa/>]<x/></r>');
  expect(empty('<r><maXa a="1"> </maXa></r>')).toBe('<r>[<maXa a="1"> </maXa>]</r>');
  expect(empty('{"maXa": null}')).toBe('{["maXa": null]}');
  expect(empty('<r><khac/></r>')).toBe('<r><khac/></r>');
});
