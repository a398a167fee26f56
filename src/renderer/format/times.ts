import { i18n } from '../i18n/i18n.ts';

/** Day before month also in English: 11/12 must not mean two days in two windows. */
const LOCALES: Readonly<Record<string, string>> = { en: 'en-GB' };

/** A moment (ISO 8601) in the reader's zone, as `22/11/2026 14:05`. */
export function formatMoment(iso: string): string {
  return new Intl.DateTimeFormat(LOCALES[i18n.language] ?? i18n.language, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(iso));
}

const UNITS = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago a moment (ISO 8601) was, as `3 days ago`; `now` in milliseconds. */
export function formatAge(iso: string, now = Date.now()): string {
  const passed = Math.max(0, now - Date.parse(iso));
  const format = new Intl.RelativeTimeFormat(i18n.language, { numeric: 'auto' });
  const found = UNITS.find(([, length]) => passed >= length);
  return found === undefined ? i18n.t('common.justNow') : format.format(-Math.floor(passed / found[1]), found[0]);
}

/** The same with seconds and the zone, as `22/11/2026 14:05:09 GMT+7`. */
export function formatExactly(iso: string): string {
  return new Intl.DateTimeFormat(LOCALES[i18n.language] ?? i18n.language, {
    ...{ day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(new Date(iso));
}
