/** Where in the text, decoded to UTF-8 and without its byte order mark, in bytes. */
export interface TextPlace {
  /** Asked at an element's `open`: where it begins. */
  readonly start: () => number;
  /** Asked at an element's `close`: where it is over. */
  readonly stop: () => number;
}

/**
 * What a parser says and the mapper hears: one document as a stream of elements. XML elements, JSON objects and CSV
 * lines all arrive in this form. Names are ids of the worker's {@link NameTable}.
 *
 * Order: `open`, then its `attribute`s, then text and children in document order, then `close`.
 * CSV: a document element `csv`, in it one `row` per line, in it one element per column that is not null, named as the
 * column. JSON: a document element `json`, in it one `item` per item of a top-level array and per other top-level value;
 * an object's keys are child elements, an array is its key's element repeated, null is no element.
 * A handler must not keep the parser waiting: what it produces goes to a sink with backpressure between chunks.
 */
export interface TreeHandler {
  /** Told by parsers that know where things stand, before the elements: who wants to know may ask at any event. null: nobody knows. */
  locate?(place: TextPlace | null): void;
  /** False while nobody needs text here: the parser may then skip decoding (never skip checking). Read after each open and close. */
  readonly wantsText: boolean;
  /** False while nobody needs the attributes of the element just opened. Read after each open. */
  readonly wantsAttributes: boolean;
  /** The columns' names of a CSV file, once, before its first record; `line` is the one that says them. */
  header?(columns: readonly number[], line: number): void;
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
  /** Here stands an item of a JSON array that is null: no element, but the items behind it stand one place further on. */
  nullItem?(name: number): void;
  /** What somebody wrote for the record named `name` that cannot be read and would be told next; null: nothing. */
  correctedRecord?(name: number): string | null;
  /** Whether a record would begin at the end of this path of names, which starts at a child of the element that is open. */
  beginsRecord?(path: readonly number[]): boolean;
  /**
   * Here stood a child named `name` that cannot be read: a CSV line with broken quotes, or with more or fewer fields than
   * the header, or a line of a JSON lines file that is no JSON. It is left out, not passed over: whoever makes rows of such records reports it.
   * @param raw how it stands in the file, at most 1,000 characters of it.
   */
  brokenRecord?(name: number, line: number, raw: string, message: string): void;
}
