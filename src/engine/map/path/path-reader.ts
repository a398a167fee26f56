import { LoadstoneError } from '#contract/errors';
import type { NamedTest } from './ast.ts';

// XML 1.0 (fifth edition), productions 4 and 4a, without the colon.
const START =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const NAME = new RegExp(`[${START}][${START}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040]*`, 'uy');
const WHOLE_NAME = new RegExp(`^(?:${NAME.source})$`, 'u');
const QUOTED = /\["((?:[^"\\]|\\.)*)"\]/suy;

/** @returns whether a name can stand in a path without brackets. */
export function isPlainName(name: string): boolean {
  return WHOLE_NAME.test(name);
}

/** A cursor over one path's text. Every objection names the place in the mapping and the character, counted from 1. */
export class PathReader {
  readonly text: string;
  readonly place: string;
  at = 0;

  constructor(text: string, place: string) {
    this.text = text;
    this.place = place;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  /** @returns whether the rest begins with `expected`. */
  sees(expected: string): boolean {
    return this.text.startsWith(expected, this.at);
  }

  take(expected: string): boolean {
    if (!this.sees(expected)) return false;
    this.at += expected.length;
    return true;
  }

  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  skipSpace(): void {
    this.match(/[ \t\r\n]*/y);
  }

  /** @returns `a`, `p:a`, `:a` or `["any text"]`, or null when no name stands here. */
  name(): NamedTest | null {
    const quoted = this.quotedName();
    if (quoted !== null) return { kind: 'exact', name: quoted };
    const first = this.match(NAME)?.[0] ?? (this.sees(':') ? '' : undefined);
    if (first === undefined) return null;
    if (!this.sees(':')) return { kind: 'name', prefix: null, local: first };
    this.at += 1;
    const local = this.match(NAME)?.[0];
    if (local === undefined) throw this.problem('a name is missing after the prefix', 'Write it as prefix:name.');
    return { kind: 'name', prefix: first, local };
  }

  quotedName(): string | null {
    const start = this.at;
    const found = this.match(QUOTED);
    if (!found) return null;
    try {
      const name: unknown = JSON.parse(`"${found[1]}"`);
      // A key of JSON may be empty.
      if (typeof name === 'string') return name;
    } catch {
      // Told below.
    }
    this.at = start;
    throw this.problem(
      'the name in brackets has a broken escape',
      'Inside ["…"] write \\" for a quotation mark and \\\\ for a backslash.',
    );
  }

  problem(why: string, remedy: string): LoadstoneError {
    const seen = this.done ? 'at its end' : `at character ${this.at + 1} ("${[...this.text.slice(this.at)][0]}")`;
    return new LoadstoneError({
      code: 'MAPPING_INVALID',
      message: `${this.place}: in the path ${JSON.stringify(this.text)} ${seen}: ${why}.`,
      remedy,
    });
  }
}
