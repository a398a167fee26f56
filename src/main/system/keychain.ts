import { safeStorage } from 'electron';
import { LoadstoneError } from '#contract/errors';
import type { SecretBox } from '#host/application/application-types';

/**
 * The system's keychain as a box for passwords. Where there is none, or only Linux's built-in password that everybody
 * knows (`basic_text`), the box is of kind `none` and keeps nothing. Only after `ready`.
 */
export async function openKeychain(): Promise<SecretBox> {
  return (await hasKeychain()) ? { kind: 'keychain', seal, open } : NO_KEYCHAIN;
}

const NO_KEYCHAIN: SecretBox = {
  kind: 'none',
  seal: () => Promise.reject(unavailable('This system has no keychain that Loadstone can use')),
  open: () => Promise.reject(unavailable('This system has no keychain that Loadstone can use')),
};

async function hasKeychain(): Promise<boolean> {
  if (process.platform === 'linux') {
    const backend = safeStorage.getSelectedStorageBackend();
    if (backend === 'basic_text' || backend === 'unknown') return false;
  }
  try {
    return await safeStorage.isAsyncEncryptionAvailable();
  } catch {
    return false;
  }
}

async function seal(text: string): Promise<Buffer> {
  try {
    return await safeStorage.encryptStringAsync(text);
  } catch (cause) {
    throw unavailable('The keychain did not seal the password', cause);
  }
}

async function open(sealed: Buffer): Promise<string> {
  try {
    return (await safeStorage.decryptStringAsync(sealed)).result;
  } catch (cause) {
    throw unavailable('The keychain did not open a stored password', cause);
  }
}

function unavailable(what: string, cause?: unknown): LoadstoneError {
  return new LoadstoneError({
    code: 'SECRETS_UNAVAILABLE',
    message: `${what}${cause instanceof Error ? `: ${cause.message}` : ''}.`,
    remedy: 'Unlock the keychain, or type the password again under Connections; it is then kept until Loadstone ends.',
    cause,
  });
}
