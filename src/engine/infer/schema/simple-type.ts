import { resolveName, type SchemaNode } from './schema-node.ts';
import { builtIn, type SchemaSet } from './schema-set.ts';

/** What a schema says of a text. */
export interface SimpleType {
  /** The built-in type it comes from, e.g. `decimal`. */
  readonly base: string;
  readonly maxLength: number | null;
  readonly totalDigits: number | null;
  readonly fractionDigits: number | null;
}

const ANY_TEXT: SimpleType = { base: 'string', maxLength: null, totalDigits: null, fractionDigits: null };
/** A chain of restrictions that is longer goes round in a circle. */
const LONGEST_CHAIN = 50;

/** Follows a type's name, or a `simpleType` in place, to the built-in type and the narrowest facets. */
export function simpleTypeOf(set: SchemaSet, holder: SchemaNode, attribute: string, depth = 0): SimpleType | null {
  const written = holder.attributes.get(attribute);
  if (written !== undefined) {
    const key = resolveName(holder, written);
    const base = builtIn(key);
    if (base !== null) return { ...ANY_TEXT, base };
    const named = set.get('simpleType', key);
    if (named !== null) return restricted(set, named, depth);
    const complex = set.get('complexType', key);
    return complex === null ? null : contentType(set, complex, depth);
  }
  const inPlace = holder.children.find(({ local }) => local === 'simpleType');
  return inPlace === undefined ? null : restricted(set, inPlace, depth);
}

/** The text of a complex type with simple content. */
export function contentType(set: SchemaSet, complex: SchemaNode, depth = 0): SimpleType | null {
  const content = complex.children.find(({ local }) => local === 'simpleContent');
  const derived = content?.children.find(({ local }) => local === 'extension' || local === 'restriction');
  if (derived === undefined || depth > LONGEST_CHAIN) return null;
  const base = simpleTypeOf(set, derived, 'base', depth + 1);
  return base === null ? null : withFacets(base, derived);
}

function restricted(set: SchemaSet, type: SchemaNode, depth: number): SimpleType | null {
  const restriction = type.children.find(({ local }) => local === 'restriction');
  // Unions and lists can be anything.
  if (restriction === undefined || depth > LONGEST_CHAIN) return ANY_TEXT;
  const base = simpleTypeOf(set, restriction, 'base', depth + 1);
  return base === null ? null : withFacets(base, restriction);
}

function withFacets(base: SimpleType, restriction: SchemaNode): SimpleType {
  const facet = (name: string) => {
    const value = restriction.children.find(({ local }) => local === name)?.attributes.get('value');
    return value === undefined ? null : Number(value);
  };
  return {
    base: base.base,
    maxLength: facet('maxLength') ?? facet('length') ?? base.maxLength,
    totalDigits: facet('totalDigits') ?? base.totalDigits,
    fractionDigits: facet('fractionDigits') ?? base.fractionDigits,
  };
}
