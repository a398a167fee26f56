import { createHash } from 'node:crypto';
import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';

/** Files asked for together: a load of a million files must not take the memory of one. */
const PAGE = 10_000;

/**
 * One digest over what was staged: SHA-256 of the lines that `sha256sum` would print for the files, in byte order of
 * their paths, by which they are numbered. @returns undefined when no file was.
 */
export async function digestFiles(client: PgClient, names: StagingNames): Promise<string | undefined> {
  const hash = createHash('sha256');
  for (let last = 0, files = 0; ; ) {
    const { rows } = await client.query<{ id: number; path: string; sha256: string }>(
      `select p.id, p.path, s.sha256 from ${names.staged} s join ${names.plan} p on p.id = s.file
       where s.code is null and p.id > $1 order by p.id limit $2`,
      [last, PAGE],
    );
    for (const { path, sha256 } of rows) hash.update(lineOf(path, sha256));
    files += rows.length;
    last = rows.at(-1)?.id ?? last;
    if (rows.length < PAGE) return files === 0 ? undefined : hash.digest('hex');
  }
}

/** A path with a line break must not pass for two files: it is written as `sha256sum` writes it. */
function lineOf(path: string, sha256: string): string {
  const escaped = path.replaceAll(/[\\\n\r]/g, (sign) => ESCAPES[sign] ?? sign);
  return `${escaped === path ? '' : '\\'}${sha256}  ${escaped}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r' };
