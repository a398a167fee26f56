import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDossier } from '#tests/helpers/land-dossiers';
import type { Home } from './home.ts';

export const TABLES = ['canhan', 'giaychungnhan', 'thuadat', 'hoso'] as const;
export type Counts = Readonly<Record<(typeof TABLES)[number], number>>;

/** Its end tag on line 4 is another's. */
export const BROKEN_FILE = 'broken.xml';
const BROKEN =
  '<?xml version="1.0" encoding="UTF-8"?>\n<DuLieuDatDai>\n <ThuaDatCollection>\n </CaNhanCollection>\n</DuLieuDatDai>\n';

const PERSONS = 2;
const PAPERS = 2;

interface FolderOptions {
  /** Good dossiers, one file each. */
  readonly good: number;
  /** With {@link BROKEN_FILE}. */
  readonly broken?: boolean;
  /** Parcels whose area is no number. */
  readonly badAreas?: number;
}

export interface DossierFolder {
  /** The folder to load. */
  readonly folder: string;
  /** Rows that a complete load brings. */
  readonly counts: Counts;
}

/** Writes a folder with one commune's dossiers below `home.files`. */
export function writeDossiers(
  home: Home,
  name: string,
  { good, broken = false, badAreas = 0 }: FolderOptions,
): DossierFolder {
  const folder = join(home.files, name);
  const xml = join(folder, '1. Xa Thu', 'xml', 'To1');
  mkdirSync(xml, { recursive: true });
  for (let number = 1; number <= good; number += 1) writeFileSync(join(xml, `${number}.xml`), dossier(number));
  for (let number = good + 1; number <= good + badAreas; number += 1) {
    const text = dossier(number).replace(/<dienTich>[^<]*/, `<dienTich>khoảng ${number}`);
    writeFileSync(join(xml, `${number}-area.xml`), text);
  }
  if (broken) writeFileSync(join(xml, BROKEN_FILE), BROKEN);
  const files = good + badAreas;
  return {
    folder,
    counts: { canhan: files * PERSONS, giaychungnhan: files, thuadat: good, hoso: files * PAPERS },
  };
}

function dossier(number: number): string {
  return makeDossier({ commune: '90099', number, persons: PERSONS, scans: PAPERS });
}
