import type { ReviewNames } from '#engine/model/review-names';
import type { StagingNames } from '#engine/model/staging-names';
import type { PgClient } from '#engine/postgres/client';

/**
 * Creates (anew) what a check derives from what is staged. Logged from the start: a server that is killed while a long
 * transaction has made unlogged tables may refuse its next start. In json, unlike jsonb, tables and columns keep their order.
 */
export async function createReview(client: PgClient, names: StagingNames, review: ReviewNames): Promise<void> {
  const copies = [
    [names.staged, review.staged],
    [names.rejects, review.rejects],
    [names.dead, review.dead],
    [names.nulled, review.nulled],
    [names.conflicts, review.conflicts],
    [names.warnings, review.warnings],
  ] as const;
  await client.query(
    [
      `drop table if exists ${review.review};`,
      `create table ${review.review} (id uuid not null, report json not null, policies json not null, tables json not null);`,
      `create table if not exists ${review.resolutions} (document json not null, revision int not null, effects json not null);`,
      ...copies.map(([staged, own]) => `drop table if exists ${own}; create table ${own} as select * from ${staged};`),
    ].join('\n'),
  );
}

/** Numbers what pages are read by. To be called when everything is found and counted. */
export async function indexReview(client: PgClient, review: ReviewNames): Promise<void> {
  await client.query(`
    drop table if exists ${review.duplicates};
    create table ${review.duplicates} as
      select row_number() over (partition by tab order by file, seq) as number, c.* from ${review.conflicts} c;
    drop table ${review.conflicts};
    create index on ${review.duplicates} (tab, number);
    create index on ${review.rejects} (file, seq, number);
    analyze ${review.duplicates}; analyze ${review.rejects};`);
}
