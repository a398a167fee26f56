import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;

/** The secrets of one run of the web host. Both end with it. */
export interface Session {
  /** Stands in the printed address; good for any number of windows. */
  readonly token: string;
  /** What the token is exchanged for: the value of the cookie. */
  readonly secret: string;
}

export function newSession(): Session {
  return { token: newSecret(), secret: newSecret() };
}

/** A text nobody can guess, safe in addresses, cookies and attributes. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** Compares in a time that says nothing about where, or whether, the texts differ. */
export function isSecret(given: unknown, secret: string): boolean {
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Cookies know no ports: with the port in its name, several hosts on one machine keep their own. */
export function cookieName(port: number): string {
  return `loadstone_${port}`;
}
