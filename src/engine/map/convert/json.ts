import { type BadValue, badValue } from './converter.ts';
import { unstorable } from './text.ts';

/** Deeper nesting runs into the server's stack limit, which would cost the whole COPY. */
const DEEPEST = 1000;
/** jsonb keeps numbers as numeric; well inside its limits. */
const LARGEST_EXPONENT = 16_000;

/** json: kept as written, when it parses. */
export function convertJson(text: string): string | BadValue {
  const objection = unstorable(text);
  if (objection !== undefined) return objection;
  const parsed = tryParse(text);
  if (parsed instanceof Error) return badValue(`is not JSON: ${parsed.message}`);
  if (text.length > DEEPEST && depthOf(text) > DEEPEST) return badValue(`nests deeper than ${DEEPEST} levels`);
  return text;
}

/** jsonb: as json, without what jsonb cannot hold (U+0000, half surrogate pairs, numbers beyond numeric). */
export function convertJsonb(text: string): string | BadValue {
  const json = convertJson(text);
  if (typeof json !== 'string') return json;
  const suspicious = text.includes('\\u') || /[0-9][eE][+-]?[0-9]{5}|[0-9]{16000}/.test(text);
  return (suspicious ? jsonbObjection(text) : undefined) ?? json;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function jsonbObjection(text: string): BadValue | undefined {
  let objection: BadValue | undefined;
  const visit = (key: string, value: unknown, context?: { readonly source?: string }) => {
    objection ??= unstorable(key);
    if (typeof value === 'string') objection ??= unstorable(value);
    if (typeof value === 'number' && isTooLarge(context?.source ?? '')) {
      objection ??= badValue('holds a number jsonb cannot keep');
    }
    return value;
  };
  JSON.parse(text, visit);
  return objection;
}

function isTooLarge(source: string): boolean {
  const [mantissa = '', exponent = '0'] = source.toLowerCase().split('e');
  return mantissa.length + Math.abs(Number(exponent)) > LARGEST_EXPONENT;
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (inString && unit === 0x5c) index++;
    else if (unit === 0x22) inString = !inString;
    else if (!inString && (unit === 0x5b || unit === 0x7b)) deepest = Math.max(deepest, ++depth);
    else if (!inString && (unit === 0x5d || unit === 0x7d)) depth--;
  }
  return deepest;
}
