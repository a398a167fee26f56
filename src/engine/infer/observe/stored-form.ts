const UUID_LENGTH = 36;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CAPITAL = /[A-F]/;

/**
 * The value as the narrowest key type it can be read as would store it, so that what PostgreSQL takes for one key is one
 * value here: a uuid in lower case, `-0` without its sign. Other numbers that can be written in several ways (`01`,
 * `+1`, `1.0`) are no integers to inference, and so no keys but as text.
 */
export function storedForm(value: string): string {
  if (value === '-0') return '0';
  const isCapital = value.length === UUID_LENGTH && UUID.test(value) && CAPITAL.test(value);
  return isCapital ? value.toLowerCase() : value;
}
