/** Bounds on what one document may make the parser hold. All of them end in XML_LIMIT_EXCEEDED, naming the limit. */
export interface XmlLimits {
  /** Bytes of one start tag, end tag, reference or declaration: what is held until it is complete. */
  readonly tokenBytes: number;
  /** Elements inside each other. */
  readonly depth: number;
  /** Different element and attribute names of one worker. */
  readonly names: number;
  /** Bytes (as UTF-8) of a document with a DOCTYPE, which is read whole. */
  readonly doctypeBytes: number;
}

export const DEFAULT_LIMITS: XmlLimits = {
  tokenBytes: 16 * 1024 * 1024,
  depth: 10_000,
  names: 1_000_000,
  doctypeBytes: 16 * 1024 * 1024,
};
