/** Elements as a PostgreSQL array literal. Every element is quoted, so that none is read as NULL or as an array. */
export function arrayLiteral(elements: readonly (string | null)[]): string {
  return `{${elements.map((element) => (element === null ? 'NULL' : quoted(element))).join(',')}}`;
}

function quoted(element: string): string {
  return `"${element.replace(/["\\]/g, '\\$&')}"`;
}

const ELEMENT = /"((?:[^"\\]|\\.)*)"|NULL/gs;

/** @returns the elements of a literal that {@link arrayLiteral} wrote. */
export function arrayElements(literal: string): (string | null)[] {
  return [...literal.matchAll(ELEMENT)].map(([, element]) => element?.replace(/\\(.)/gs, '$1') ?? null);
}
