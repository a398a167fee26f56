import { expect, test } from 'vitest';
import { encryptedFileBox, isFileSealed } from '#host/secrets/encrypted-file-box';
import { secretsFromEnvironment } from '#host/secrets/secrets-from-environment';

const PASSWORD = 'mật khẩu "p@ss" 🔑';

test('opens what it sealed, also in a later run with the same key', async () => {
  const sealed = await encryptedFileBox('a key').seal(PASSWORD);
  expect(isFileSealed(sealed)).toBe(true);
  expect(await encryptedFileBox('a key').open(sealed)).toBe(PASSWORD);
});

test('never seals the same text twice alike, and lets none of it be seen', async () => {
  const box = encryptedFileBox('a key');
  const [first, second] = await Promise.all([box.seal(PASSWORD), box.seal(PASSWORD)]);
  expect(first.equals(second)).toBe(false);
  for (const sealed of [first, second]) expect(sealed.includes(Buffer.from('p@ss'))).toBe(false);
});

test('says so when the key is another one, or a byte was changed anywhere', async () => {
  const box = encryptedFileBox('a key');
  const sealed = await box.seal('x');
  await expect(encryptedFileBox('another key').open(sealed)).rejects.toMatchObject({ code: 'SECRETS_UNAVAILABLE' });
  for (const at of [4, 20, 32, sealed.length - 1]) {
    const damaged = Buffer.from(sealed);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    await expect(box.open(damaged)).rejects.toMatchObject({ code: 'SECRETS_UNAVAILABLE' });
  }
  await expect(box.open(Buffer.from('v10 of a keychain, long enough to be one of ours'))).rejects.toMatchObject({
    code: 'SECRETS_UNAVAILABLE',
  });
});

test('without a key in the environment nothing is kept', async () => {
  expect(secretsFromEnvironment({}).kind).toBe('none');
  expect(secretsFromEnvironment({ LOADSTONE_SECRET_KEY: 'k' }).kind).toBe('encrypted_file');
  await expect(secretsFromEnvironment({}).seal('x')).rejects.toMatchObject({ code: 'SECRETS_UNAVAILABLE' });
});
