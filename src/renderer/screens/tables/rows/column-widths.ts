import type { RowPage } from '#contract/api/catalog';

const LEAST_PX = 72;
const MOST_PX = 340;
const CHARACTER_PX = 8;
/** Beside a name stand the mark of the order and the handle. */
const HEADER_EXTRA_PX = 52;
const CELL_EXTRA_PX = 24;
const SAMPLE = 60;
/** A few long values do not make a column wide. */
const SHARE_THAT_FITS = 0.9;

/** A width for each column, by its name and the first values. */
export function columnWidths({ columns, rows }: Pick<RowPage, 'columns' | 'rows'>): readonly number[] {
  const sample = rows.slice(0, SAMPLE);
  return columns.map((name, index) => {
    const lengths = sample.map((row) => row[index]?.length ?? 4).sort((one, other) => one - other);
    const typical = lengths[Math.floor((lengths.length - 1) * SHARE_THAT_FITS)] ?? 0;
    const wanted = Math.max(
      name.length * CHARACTER_PX + HEADER_EXTRA_PX,
      typical * CHARACTER_PX + CELL_EXTRA_PX,
      LEAST_PX,
    );
    return Math.min(wanted, MOST_PX);
  });
}
