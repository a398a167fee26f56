import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A package that npm installed in a folder of its own, because this project has no use for it; null when it is not there. */
export function loadPeer<T>(folder: string, name: string): T | null {
  try {
    return createRequire(join(folder, 'package.json'))(name) as T;
  } catch {
    return null;
  }
}
