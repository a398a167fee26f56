import { expect, test } from 'vitest';
import { CopyText } from '#engine/postgres/copy-text';

test('lines of any length come out as they went in, also while others are being sent', () => {
  const text = new CopyText();
  const lines = ['a', 'ướt'.repeat(30_000), '', 'x'.repeat(20_000_000), 'é'];
  const taken = lines.map((line) => {
    text.append(`${line}\n`);
    const bytes = Buffer.from(text.take());
    text.recycle();
    return bytes.toString();
  });
  expect(taken.every((line, i) => line === `${lines[i]}\n`)).toBe(true);
  expect({ bytes: text.byteLength, rows: text.rowCount }).toEqual({ bytes: 0, rows: 0 });
});
