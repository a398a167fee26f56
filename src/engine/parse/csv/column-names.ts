/**
 * The columns' names from a header line: blanks around them are no part of them, a column without a name is `column3` by
 * its place, and a name that came before gets a number, `name_2`.
 */
export function columnNames(written: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  const spoken = new Set(written.map((name) => name.trim()));
  return written.map((text, index) => {
    const name = text.trim() || `column${index + 1}`;
    let unique = name;
    for (let number = 2; taken.has(unique) || (unique !== text.trim() && spoken.has(unique)); number++) {
      unique = `${name}_${number}`;
    }
    taken.add(unique);
    return unique;
  });
}

/** `column1` to `column…`, for files without a header. */
export function numberedNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `column${index + 1}`);
}
