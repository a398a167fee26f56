import type { RejectedRecord } from '#contract/api/reject-pages';
import { LoadstoneError } from '#contract/errors';
import type { MaxRejects } from '#contract/load';

/** A USAGE error: what was given, and what may be given. */
export function usage(message: string, remedy: string): LoadstoneError {
  return new LoadstoneError({ code: 'USAGE', message, remedy });
}

export function refused(option: string, value: string, allowed: string): LoadstoneError {
  return usage(`${option} does not accept "${value}".`, `Give ${allowed}.`);
}

/** @returns a parser for whole numbers from `least` to `most`. */
export function wholeNumber(option: string, least: number, most: number): (value: string) => number {
  return (value) => {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw refused(option, value, `a whole number from ${least} to ${most}`);
  };
}

/** @returns a parser for one of a closed set of words. */
export function oneOf<Word extends string>(option: string, words: readonly Word[]): (value: string) => Word {
  return (value) => {
    const word = words.find((known) => known === value);
    if (word !== undefined) return word;
    throw refused(option, value, `one of ${words.join(', ')}`);
  };
}

/** `100` rows, or `5%` of the rows read. */
export function maxRejects(value: string): MaxRejects {
  const percent = /^(\d{1,3}(?:\.\d+)?)%$/.exec(value)?.[1];
  if (percent !== undefined && Number(percent) <= 100) return { percent: Number(percent) };
  if (/^\d{1,15}$/.test(value)) return { rows: Number(value) };
  throw refused('--max-rejects', value, 'a number of rows (100) or a share of them (5%)');
}

/** A day, which begins at this machine's midnight, or a moment. @returns a parser that gives ISO 8601 */
export function moment(option: string): (value: string) => string {
  return (value) => {
    const time = new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T00:00:00` : value);
    if (/^\d{4}-/.test(value) && !Number.isNaN(time.getTime())) return time.toISOString();
    throw refused(option, value, 'a day as 2026-11-22, or a moment as 2026-11-22T14:05:00+07:00');
  };
}

/** The number of a job, as `loadstone jobs` shows it. */
export function jobNumber(value: string): number {
  const digits = /^#?([1-9]\d{0,14})$/.exec(value)?.[1];
  if (digits !== undefined) return Number(digits);
  throw usage(`"${value}" is not the number of a job.`, 'Give a number as "loadstone jobs" lists it.');
}

/** A rejected record, as `loadstone rejects` shows it: the number of its file, and its own. */
export function recordNumbers(value: string): RejectedRecord {
  const [, file, sequence] = /^([1-9]\d{0,8}):([1-9]\d{0,8})$/.exec(value) ?? [];
  if (file !== undefined && sequence !== undefined) return { file: Number(file), sequence: Number(sequence) };
  throw refused('--record', value, 'two numbers as "loadstone rejects" shows them, e.g. 1:25');
}

/** A schema's name, as written in SQL without quotes. */
export function schemaName(value: string): string {
  if (value !== '' && !value.includes('\0') && Buffer.byteLength(value) <= 63) return value;
  throw refused('--schema', value, 'the name of a schema, of 1 to 63 bytes');
}
