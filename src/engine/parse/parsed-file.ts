export interface ParsedFile {
  readonly bytes: number;
  /** Of the file's raw bytes, in hex. */
  readonly sha256: string;
}
