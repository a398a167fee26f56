import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = join(import.meta.dirname, '../../../node_modules/electron');

/** Where Electron can start here, or why it cannot. Never imports `electron`: that would fetch the binary. */
export function findElectron(
  env: NodeJS.ProcessEnv = process.env,
): { readonly path: string } | { readonly reason: string } {
  const note = join(PACKAGE, 'path.txt');
  const path = existsSync(note) ? join(PACKAGE, 'dist', readFileSync(note, 'utf8').trim()) : undefined;
  if (path === undefined || !existsSync(path)) {
    return { reason: 'Electron\'s binary is not here; "npx install-electron" fetches it' };
  }
  if (process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return { reason: 'no display; "xvfb-run npm test" brings one' };
  }
  return { path };
}
