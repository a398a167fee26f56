import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDossier } from '#tests/helpers/land-dossiers';

/** Writes so many dossiers, a file each, as a commune's folder holds them. */
export function writeDossiers(folder: string, count: number): void {
  const commune = '91001';
  const xml = join(folder, commune, 'xml');
  mkdirSync(xml, { recursive: true });
  for (let number = 1; number <= count; number += 1) {
    writeFileSync(join(xml, `${number}.xml`), makeDossier({ commune, number }));
  }
}
