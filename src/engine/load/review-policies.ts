import type { LoadSpec } from '#contract/load';
import type { ReviewPolicies } from '#engine/review/kept-review';

/** What the load, or else its mapping, says of conflicts. */
export function policiesOf({ mapping, onConflict }: Pick<LoadSpec, 'mapping' | 'onConflict'>): ReviewPolicies {
  const kept = mapping.tables.filter(({ keep }) => keep);
  return Object.fromEntries(
    kept.map((table) => {
      const said = onConflict ?? table.onConflict;
      const policy = typeof said === 'string' ? said : said.default;
      return [table.name, { policy, columnPolicies: typeof said === 'string' ? {} : said.columns }];
    }),
  );
}
