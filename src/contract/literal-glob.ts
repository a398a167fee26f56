/** The glob that matches just this file, also where others below have its name. */
export function literalGlob(path: string): string {
  const escaped = path.replace(/[\\!*?[\]{}()+@|]/g, '\\$&');
  return path.includes('/') ? escaped : `./${escaped}`;
}
