import type { Summary } from './statistics.ts';

export interface CopyFormatResult {
  /** Types of the staging columns: those of the targets, or all text. */
  readonly columns: 'typed' | 'text';
  readonly format: 'text' | 'binary';
  readonly bytesPerRow: number;
  readonly encodeMicroseconds: number;
  readonly copySeconds: Summary;
  readonly totalSeconds: Summary;
}
