import { hostname, userInfo } from 'node:os';

/** Who this process is to the operating system, and on which machine. */
export interface Actor {
  readonly user: string;
  readonly host: string;
}

export function ownActor(): Actor {
  return { user: userName(), host: hostname() };
}

/** An account that has no name, as in some containers, has a number. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
