/** Characters shown of a value. */
export const SHOWN = 1_000;

/** @param value of which the server sent at most one character more than is shown. */
export function shortened(value: string | null): string | null {
  if (value === null || value.length <= SHOWN) return value;
  const characters = [...value];
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : value;
}
