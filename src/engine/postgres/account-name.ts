import { userInfo } from 'node:os';

/** Who this process is to the operating system. An account that has no name, as in some containers, has a number. */
export function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
