import { describe, expect, it } from 'vitest';
import { HttpFailure } from '#server/http-failure';
import { uploadPath } from '#server/inbox/upload-path';

function refusal(text: string, windows = false): string | readonly string[] {
  try {
    return uploadPath(text, windows);
  } catch (error) {
    if (error instanceof HttpFailure && error.statusCode === 400) return error.facts.code;
    throw error;
  }
}

describe('the path of an uploaded file', () => {
  it('keeps plain relative paths as they are', () => {
    expect(uploadPath('2. Xã Sông Lam/xml/Tờ 1/01.xml', false)).toEqual(['2. Xã Sông Lam', 'xml', 'Tờ 1', '01.xml']);
  });

  it('keeps composed and decomposed letters apart', () => {
    const composed = 'Xã.xml'.normalize('NFC');
    const decomposed = 'Xã.xml'.normalize('NFD');
    expect([uploadPath(composed, false), uploadPath(decomposed, false)]).toEqual([[composed], [decomposed]]);
  });

  it.each([
    '',
    '/',
    '/etc/passwd',
    '..',
    '../a',
    'a/../../b',
    'a/./b',
    'a//b',
    'a/',
    'C:/windows/a.xml',
    'c:\\windows\\a.xml',
    'a\0.xml',
    '\ud800.xml',
  ])('refuses %j', (path) => {
    expect(refusal(path)).toBe('UPLOAD_FAILED');
  });

  it('takes 4,096 bytes and no more', () => {
    const paths = [`${'a/'.repeat(2_047)}ab`, `${'a/'.repeat(2_047)}abc`, `${'ã/'.repeat(1_365)}ã`];
    expect(paths.map((path) => refusal(path) === 'UPLOAD_FAILED')).toEqual([false, true, true]);
  });

  it.each(['con', 'CON.xml', 'a/nul.tar.gz', 'com1', 'a\\b', 'c:a.xml', 'a:b', 'a?.xml', 'a. ', 'a.', 'a/ b /c'])(
    'refuses %j where Windows would not store it',
    (path) => {
      expect(refusal(path, true)).toBe('UPLOAD_FAILED');
    },
  );

  it.each(['Con/1.xml', 'a:b.xml', 'what?.xml', 'com10', 'a.'])(
    'takes %j where it is a name like any other',
    (path) => {
      expect(uploadPath(path, false).join('/')).toBe(path);
    },
  );

  it('takes on Windows what only looks like a device', () => {
    expect(uploadPath('com10/console.xml', true)).toEqual(['com10', 'console.xml']);
  });
});
