/** What stands in the place of what a record holds, said by somebody who looked at its reject. */
export interface RecordCorrection {
  /** The text of the whole record, where that could not be read; null: as it is. */
  readonly record: string | null;
  /** Raw text by column; null: nothing is there. */
  readonly columns: ReadonlyMap<number, string | null>;
}

/** The corrections of one file, by the sequence of its records. */
export type FileCorrections = ReadonlyMap<number, RecordCorrection>;
