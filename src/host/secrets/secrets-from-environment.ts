import type { SecretBox } from '../application/application-types.ts';
import { encryptedFileBox, SECRET_KEY_VARIABLE } from './encrypted-file-box.ts';
import { noSecretBox } from './no-secret-box.ts';

/** Where a host without a keychain keeps passwords: encrypted when the environment has a key, else not at all. */
export function secretsFromEnvironment(env: NodeJS.ProcessEnv): SecretBox {
  const passPhrase = env[SECRET_KEY_VARIABLE];
  return passPhrase ? encryptedFileBox(passPhrase) : noSecretBox();
}
