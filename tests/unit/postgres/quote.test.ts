import { expect, it } from 'vitest';
import { quoteIdentifier, quoteLiteral, quoteQualified } from '#engine/postgres/quote';

it.each([
  ['thuadat', '"thuadat"'],
  ['Thửa Đất', '"Thửa Đất"'],
  ['a"b', '"a""b"'],
  ['"; drop table x; --', '"""; drop table x; --"'],
  ['a'.repeat(63), `"${'a'.repeat(63)}"`],
])('quotes the identifier %j', (name, quoted) => {
  expect(quoteIdentifier(name)).toBe(quoted);
});

it.each([
  ['', /empty/],
  ['a\0b', /NUL/],
  ['a'.repeat(64), /64 bytes/],
  ['đ'.repeat(32), /64 bytes/],
  ['a\ud800', /half a character/],
])('refuses the identifier %j', (name, message) => {
  expect(() => quoteIdentifier(name)).toThrow(message);
});

it('qualifies by the schema where there is one', () => {
  expect(quoteQualified('land', 'thuadat')).toBe('"land"."thuadat"');
  expect(quoteQualified(undefined, 'thuadat')).toBe('"thuadat"');
});

it.each([
  ['plain', "'plain'"],
  ["it's", "'it''s'"],
  ["\\'; drop", "E'\\\\''; drop'"],
])('quotes the text %j', (text, quoted) => {
  expect(quoteLiteral(text)).toBe(quoted);
});

it('refuses a text with a NUL', () => {
  expect(() => quoteLiteral('a\0')).toThrow(/NUL/);
});
