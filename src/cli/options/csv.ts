import type { Command } from 'commander';
import type { CsvKnown } from '#contract/csv-settings';
import { oneOf, refused } from './values.ts';

/** What a user says of CSV files, so that it is not guessed. */
export interface CsvOptions {
  readonly encoding?: string;
  readonly delimiter?: string;
  /** '' for none. */
  readonly quote?: string;
  readonly header?: boolean;
  readonly decimal?: '.' | ',';
  readonly null?: readonly string[];
}

const NAMED: Readonly<Record<string, string>> = { tab: '\t', '\\t': '\t', none: '' };

export function addCsvOptions(command: Command): Command {
  return command
    .option('--encoding <name>', 'of the files, e.g. windows-1258 (default: found out)')
    .option('--delimiter <character>', 'of CSV files, or "tab"', character('--delimiter', /^[^\r\n\0]$/u))
    .option('--quote <character>', 'of CSV files, or "none"', character('--quote', /^[^\r\n\0\x80-\uffff]?$/u))
    .option('--header', 'the first line of CSV files names the columns')
    .option('--no-header', 'the first line of CSV files is a record')
    .option('--decimal <sign>', '"." or ",", where numbers leave it open', oneOf('--decimal', ['.', ',']))
    .option('--null <text>', 'stands for no value in CSV files; may be given again', also);
}

/** The same as an inference takes it. */
export function saidOfCsv({ encoding, delimiter, quote, header, decimal, null: nulls }: CsvOptions) {
  const csv: CsvKnown = {
    ...(delimiter !== undefined && { delimiter }),
    ...(quote !== undefined && { quote }),
    ...(header !== undefined && { header }),
    ...(nulls !== undefined && { nullValues: ['', ...nulls] }),
  };
  return {
    csv,
    ...(encoding !== undefined && { encoding }),
    ...(decimal !== undefined && { decimal }),
  };
}

function character(option: string, allowed: RegExp): (value: string) => string {
  return (value) => {
    const meant = NAMED[value] ?? value;
    if (allowed.test(meant)) return meant;
    throw refused(option, value, 'one character');
  };
}

function also(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
