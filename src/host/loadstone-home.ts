import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The folder of everything local: LOADSTONE_HOME, else the platform's place for application data. Absolute; may not exist yet. */
export function loadstoneHome(env: NodeJS.ProcessEnv): string {
  if (env.LOADSTONE_HOME) return resolve(env.LOADSTONE_HOME);
  const userHome = env.HOME || homedir();
  switch (process.platform) {
    case 'win32':
      return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Loadstone');
    case 'darwin':
      return join(userHome, 'Library', 'Application Support', 'Loadstone');
    default:
      if (process.getuid?.() === 0) return '/var/lib/loadstone';
      return join(env.XDG_DATA_HOME || join(userHome, '.local', 'share'), 'loadstone');
  }
}
