import { expect, test } from 'vitest';
import { addPaths, baseName, joinPath, parentPath, samePaths, sentUpName } from '#renderer/screens/load/paths.ts';
import { isWorthUploading, topNames } from '#renderer/screens/load/pick/worth-uploading.ts';

test('paths that are added stand behind those there, none twice', () => {
  expect(addPaths(['/a', '/b'], ['/b', '/c', '/c'])).toEqual(['/a', '/b', '/c']);
});

test('paths are the same in the same order only', () => {
  expect([samePaths(['/a', '/b'], ['/a', '/b']), samePaths(['/a', '/b'], ['/b', '/a']), samePaths(['/a'], [])]).toEqual(
    [true, false, false],
  );
});

test.each([
  ['/data/1. Xã Mẫu/', '/data', '1. Xã Mẫu'],
  ['/data', '/', 'data'],
  ['/', null, '/'],
  ['C:\\data\\xml', 'C:\\data', 'xml'],
  ['C:\\data', 'C:\\', 'data'],
  ['C:\\', null, 'C:'],
  ['\\\\server\\share\\xml', '\\\\server\\share', 'xml'],
])('%s lies in %s as %s', (path, parent, name) => {
  expect([parentPath(path), baseName(path)]).toEqual([parent, name]);
});

test('paths are joined as their system does', () => {
  expect([joinPath('/in', 'a'), joinPath('/', 'a'), joinPath('C:\\in', 'a')]).toEqual(['/in/a', '/a', 'C:\\in\\a']);
});

test('scans, pictures, documents and what systems leave behind are not sent up; data of any ending is', () => {
  const paths = [
    'a/ho-so-quet/1.PDF',
    'a/xml/1.XML',
    'a/.DS_Store',
    'a/b.gml',
    'a/b',
    'a/xml.d/Thumbs.db',
    'a/pdf/2.xml',
  ];
  expect(paths.filter(isWorthUploading)).toEqual(['a/xml/1.XML', 'a/b.gml', 'a/b', 'a/pdf/2.xml']);
});

test('what was dropped is told by the first parts of its paths', () => {
  expect(topNames(['xa 1/xml/a.xml', 'xa 1/b.xml', 'c.xml'])).toEqual(['xa 1', 'c.xml']);
});

const INBOX = '/home/inbox/f0bea789-b0c7-44a9-afc3-dd9d4d273ccc';
test.each([
  [`${INBOX}/land-records`, 'land-records'],
  [`${INBOX}/a/b`, 'a/b'],
  [INBOX, ''],
  [`C:${INBOX.replaceAll('/', '\\')}\\a`, 'a'],
  ['/home/inbox/land-records', null],
])('%s was sent up as %o', (path, name) => {
  expect(sentUpName(path)).toBe(name);
});
