/**
 * What a parser says and the mapper hears: one document as a stream of elements. XML elements, JSON objects and CSV
 * lines all arrive in this form. Names are ids of the worker's {@link NameTable}.
 *
 * Order: `open`, then its `attribute`s, then text and children in document order, then `close`.
 * A handler must not keep the parser waiting: what it produces goes to a sink with backpressure between chunks.
 */
export interface TreeHandler {
  /** False while nobody needs text here: the parser may then skip decoding (never skip checking). Read after each open and close. */
  readonly wantsText: boolean;
  /** False while nobody needs the attributes of the element just opened. Read after each open. */
  readonly wantsAttributes: boolean;
  /** An element begins; `line` (from 1) is the line of its `<`. */
  open(name: number, line: number): void;
  attribute(name: number, value: string): void;
  /** A piece of the current element's own text: references resolved, line ends normalised, CDATA included. */
  text(piece: string): void;
  /** An external (or otherwise not expanded) entity stands here: a mapped value that holds it must reject its row. */
  unresolvedEntity(name: string): void;
  /**
   * Some attribute of the element just opened lost an entity that is not in the file; which one, the parser cannot tell.
   * Follows the attributes.
   */
  unresolvedAttributeEntity(name: string): void;
  close(): void;
}
