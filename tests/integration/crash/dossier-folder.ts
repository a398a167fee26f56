import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inventDossier, makeDossier, printDossier } from '#tests/helpers/land-dossiers';

interface FolderSize {
  /** Dossiers with a file of their own, in two communes. */
  readonly dossiers: number;
  /** Dossiers in one large file. */
  readonly together: number;
}

/**
 * Writes dossiers with one of each awkward case: a file that is not well-formed, a value that is rejected, a person whom
 * two files tell differently. So a crash meets failed files and rejects too.
 */
export function writeDossiers(folder: string, { dossiers, together }: FolderSize): void {
  const communes = ['91001', '91002'];
  for (const commune of communes) mkdirSync(join(folder, commune, 'xml'), { recursive: true });
  for (let number = 1; number <= dossiers; number += 1) {
    const commune = communes[number % 2] as string;
    writeFileSync(join(folder, commune, 'xml', `${number}.xml`), makeDossier({ commune, number }));
  }
  const odd = join(folder, '91001', 'xml');
  writeFileSync(join(odd, 'broken.xml'), makeDossier({ commune: '91003', number: 1 }).slice(0, -20));
  const rejected = makeDossier({ commune: '91003', number: 2 });
  writeFileSync(join(odd, 'rejected.xml'), rejected.replace(/<dienTich>[^<]*/, '<dienTich>abc'));
  const retold = makeDossier({ commune: '91002', number: 1 });
  writeFileSync(join(odd, 'retold.xml'), retold.replaceAll(/<namSinh>[^<]*/g, '<namSinh>1901'));
  if (together > 0) writeFileSync(join(folder, '91002', 'xml', 'together.xml'), manyInOne(together));
}

function manyInOne(count: number): string {
  const bodies = Array.from({ length: count }, (_, index) => {
    const [, ...lines] = printDossier(inventDossier({ commune: '91004', number: index + 1 })).split('\n');
    return lines.join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Tap>\n${bodies.join('')}</Tap>\n`;
}
