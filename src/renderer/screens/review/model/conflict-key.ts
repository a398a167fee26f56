import type { Conflict, ConflictPage } from '#contract/api/reviews';

/** The key of a conflict's row, as choices name it. */
export function keyOf(columns: ConflictPage['columns'], { values }: Conflict): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.flatMap(({ name, isKey }, at) => {
      const value = values[at]?.new;
      return isKey && typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
