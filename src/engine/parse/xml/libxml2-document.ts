import { ParseOption } from 'libxml2-wasm';
import * as library from 'libxml2-wasm/lib/libxml2.mjs';
import type { Place } from '#contract/errors';
import { limitExceeded, notWellFormed } from './failures.ts';

/*
 * Uses the package's layer below its classes, because these hide what is needed here: that namespace errors are no
 * well-formedness errors, and what stands behind an entity reference.
 */

/**
 * Never the outside world, neither DTDs nor entities; defaults of attributes from the internal subset; entity references
 * stay nodes, so that an external one cannot vanish. libxml2's own limits (amplification, depth 256, values of 10 MB)
 * stay in force: XML_PARSE_HUGE would lift them.
 */
const OPTIONS =
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_DTDATTR |
  ParseOption.XML_PARSE_NOCDATA |
  ParseOption.XML_PARSE_IGNORE_ENC |
  ParseOption.XML_PARSE_SKIP_IDS |
  ParseOption.XML_PARSE_NOWARNING;

/** libxml2's xmlErrorLevel: below are warnings, and errors such as unbound prefixes that leave the document well-formed. */
const FATAL = 3;

/** Left out of the package's types. */
interface AddsFunctions {
  addFunction(callback: (context: number, error: number) => void, signature: string): number;
}

interface Fatal {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** The first fatal error of the document being parsed. libxml2 goes on after the first; later ones are echoes. */
let firstFatal: Fatal | undefined;
const { addFunction } = library as unknown as AddsFunctions;
const collectFatal = addFunction((_context: number, error: number) => {
  const details = library.XmlErrorStruct;
  if (firstFatal !== undefined || details.level(error) < FATAL) return;
  firstFatal = { message: details.message(error).trim(), line: details.line(error), column: details.col(error) };
}, 'vii');

/**
 * Parses a whole document and walks it.
 * @param utf8 valid UTF-8; an encoding it declares is ignored.
 */
export function withLibxml2Document(utf8: Buffer, path: string, visit: (root: number) => void): void {
  const context = library.xmlNewParserCtxt();
  firstFatal = undefined;
  let document = 0;
  try {
    library.xmlCtxtSetErrorHandler(context, collectFatal, 0);
    document = library.xmlReadMemory(context, utf8, null, 'UTF-8', OPTIONS);
  } finally {
    library.xmlFreeParserCtxt(context);
  }
  if (document === 0) throw failureOf(firstFatal, path);
  try {
    visit(library.xmlDocGetRootElement(document));
  } finally {
    library.xmlFreeDoc(document);
  }
}

/** How libxml2 words it that a document went beyond one of its limits. */
const LIMIT = /amplification|XML_PARSE_HUGE|too (?:long|big|many|large)|huge|excessive|maximum|out of memory|limit/i;

function failureOf(fatal: Fatal | undefined, path: string): Error {
  const message = fatal?.message || 'The document is not well-formed';
  const place: Place = { path, line: Math.max(1, fatal?.line ?? 1), column: Math.max(1, fatal?.column ?? 1) };
  if (!LIMIT.test(message)) return notWellFormed(place, message.endsWith('.') ? message : `${message}.`);
  const reason = message
    .replace(/[,;]? (?:see xmlCtxt\w+|(?:try|use) XML_PARSE_HUGE(?: option)?)/, '')
    .replace(/\.+$/, '');
  return limitExceeded(place, `A limit on documents with a DOCTYPE is exceeded: ${reason}.`);
}

const { XmlNodeStruct, XmlNsStruct, xmlNodeGetContent } = library;

/** libxml2's xmlElementType, as far as the walk tells nodes apart. */
export const NodeType = { ELEMENT: 1, TEXT: 3, CDATA: 4, ENTITY_REFERENCE: 5, ENTITY: 17 } as const;
/** libxml2's xmlEntityType of an entity whose text stands in the DTD itself. */
const INTERNAL_GENERAL_ENTITY = 1;

export const nodeType = XmlNodeStruct.type;
export const firstChild = XmlNodeStruct.children;
export const nextSibling = XmlNodeStruct.next;
export const firstAttribute = XmlNodeStruct.properties;
export const contentOf = xmlNodeGetContent;
export const bareName = XmlNodeStruct.name_;

/** The name as written, with its prefix. libxml2 leaves the prefix of an unbound name in the name. */
export function nameAsWritten(node: number): string {
  const name = XmlNodeStruct.name_(node);
  const namespace = XmlNodeStruct.namespace(node);
  const prefix = namespace === 0 ? '' : XmlNsStruct.prefix(namespace);
  return prefix === '' ? name : `${prefix}:${name}`;
}

/** Namespace declarations of an element as the attributes they were written as. */
export function namespaceAttributes(element: number): readonly (readonly [string, string])[] {
  const found: [string, string][] = [];
  for (let namespace = XmlNodeStruct.nsDef(element); namespace !== 0; namespace = XmlNsStruct.next(namespace)) {
    const prefix = XmlNsStruct.prefix(namespace);
    found.push([prefix === '' ? 'xmlns' : `xmlns:${prefix}`, XmlNsStruct.href(namespace)]);
  }
  return found;
}

/** The entity behind a reference when its text is known; 0 for external and undeclared ones. */
export function internalEntityOf(reference: number): number {
  const entity = XmlNodeStruct.children(reference);
  if (entity === 0 || XmlNodeStruct.type(entity) !== NodeType.ENTITY) return 0;
  // xmlEntity.etype lies where xmlNode.nsDef does; the package has no accessor of its own for it.
  return XmlNodeStruct.nsDef(entity) === INTERNAL_GENERAL_ENTITY ? entity : 0;
}
