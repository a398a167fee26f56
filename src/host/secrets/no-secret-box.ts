import { LoadstoneError } from '#contract/errors';
import type { SecretBox } from '../application/application-types.ts';

/** For where no password can be kept safely: whoever has this keeps them in memory. */
export function noSecretBox(): SecretBox {
  return { kind: 'none', seal: () => Promise.reject(nowhere()), open: () => Promise.reject(nowhere()) };
}

function nowhere(): LoadstoneError {
  return new LoadstoneError({
    code: 'SECRETS_UNAVAILABLE',
    message: 'This password was saved with a key or a keychain that is not there now.',
    remedy: 'Start Loadstone as before, set PGPASSWORD, or save the password anew.',
  });
}
