import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { LoadstoneError } from '#contract/errors';
import type { SecretBox } from '../application/application-types.ts';

/** The environment variable that holds the key's pass phrase. */
export const SECRET_KEY_VARIABLE = 'LOADSTONE_SECRET_KEY';

/**
 * A sealed secret: mark and version (4 bytes), salt (16), nonce (12), tag (16), cipher text. AES-256-GCM; its key is
 * made from the pass phrase and the salt by scrypt. Mark, version and salt are authenticated too.
 */
const MARK = Buffer.from('LSK1', 'latin1');
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
/** 32 MiB and about a tenth of a second: what OWASP asks for with these settings. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const HEAD_BYTES = MARK.length + SALT_BYTES;
const LEAST_BYTES = HEAD_BYTES + NONCE_BYTES + TAG_BYTES;

/** Seals passwords with the pass phrase; each with a salt and a nonce of its own. */
export function encryptedFileBox(passPhrase: string): SecretBox {
  return {
    kind: 'encrypted_file',
    seal: async (text) => {
      const head = Buffer.concat([MARK, randomBytes(SALT_BYTES)]);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', await keyOf(passPhrase, head), nonce);
      cipher.setAAD(head);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([head, nonce, cipher.getAuthTag(), sealed]);
    },
    open: async (sealed) => {
      if (!isFileSealed(sealed)) throw cannotOpen('it was sealed by something else, such as the keychain');
      const head = sealed.subarray(0, HEAD_BYTES);
      const nonce = sealed.subarray(HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', await keyOf(passPhrase, head), nonce, {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(head);
      decipher.setAuthTag(sealed.subarray(HEAD_BYTES + NONCE_BYTES, LEAST_BYTES));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(LEAST_BYTES)), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw cannotOpen('the key is another one than it was sealed with, or it was damaged', cause);
      }
    },
  };
}

/** Whether such a box sealed it. */
export function isFileSealed(sealed: Buffer): boolean {
  return sealed.length >= LEAST_BYTES && sealed.subarray(0, MARK.length).equals(MARK);
}

function keyOf(passPhrase: string, head: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passPhrase.normalize('NFKC'), head.subarray(MARK.length), KEY_BYTES, SCRYPT, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function cannotOpen(why: string, cause?: unknown): LoadstoneError {
  return new LoadstoneError({
    code: 'SECRETS_UNAVAILABLE',
    message: `The saved password cannot be opened with ${SECRET_KEY_VARIABLE}: ${why}.`,
    remedy: `Set ${SECRET_KEY_VARIABLE} to the key it was saved with, or save the connection's password anew.`,
    cause,
  });
}
