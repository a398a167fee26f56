import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CopyText, copyField } from '#engine/postgres/copy-text';

/** COPY text as the PostgreSQL manual describes it, read back. */
function readBack(text: string): (string | null)[][] {
  const plain = (field: string) =>
    field === '\\N' ? null : field.replace(/\\(.)/g, (_, c: string) => ({ t: '\t', n: '\n', r: '\r' })[c] ?? c);
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t').map(plain));
}

const value = fc.option(
  fc.string({ unit: fc.oneof(fc.constantFrom('\\', '\t', '\n', '\r', 'N', 'ễ', '𝄞', '.'), fc.string()) }),
);

describe('COPY text', () => {
  it('reads back as what was written, whatever the values hold', () => {
    fc.assert(
      fc.property(fc.array(fc.array(value, { minLength: 1, maxLength: 5 }), { maxLength: 50 }), (rows) => {
        const text = new CopyText();
        for (const row of rows) text.append(`${row.map(copyField).join('\t')}\n`);
        const bytes = text.take();
        expect(readBack(bytes.toString('utf8'))).toEqual(rows);
      }),
    );
  });

  it('takes back what came after a mark, and keeps what came after a hand-out', () => {
    const text = new CopyText();
    text.append('one\n');
    const mark = text.mark();
    text.append('two\n');
    text.truncate(mark);
    text.append('three\n');
    expect(text.take(mark).toString()).toBe('one\n');
    expect([text.rowCount, text.byteLength]).toEqual([1, 6]);
    text.append('four\n');
    text.recycle();
    expect(text.take().toString()).toBe('three\nfour\n');
  });

  it('does not touch the bytes that were handed out while more is collected', () => {
    const text = new CopyText();
    const long = `${'x'.repeat(100_000)}\n`;
    text.append(long);
    const sent = text.take();
    text.append(`${'y'.repeat(200_000)}\n`);
    expect(sent.toString()).toBe(long);
    text.recycle();
  });
});
