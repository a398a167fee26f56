import { i18n } from '../i18n/i18n.ts';

/** `1 234 567` as the language writes it. */
export function formatNumber(value: number, digits = 0): string {
  return numberFormat(i18n.language, digits).format(value);
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making one takes far longer than using it, and numbers change ten times a second. */
function numberFormat(language: string, digits: number): Intl.NumberFormat {
  const key = `${language} ${digits}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(language, { maximumFractionDigits: digits });
  formats.set(key, known);
  return known;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes in the unit that leaves the fewest digits; 1 kB is 1,000 bytes. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), BYTE_UNITS.length - 1);
  const value = bytes / 1000 ** power;
  return `${formatNumber(value, power === 0 || value >= 100 ? 0 : 1)} ${BYTE_UNITS[power]}`;
}

/** `20 seconds`, `3 to 5 minutes`, `40 minutes to 1.5 hours`: of a time that is only guessed. */
export function formatRoughly(low: number, high: number): string {
  const [from, to] = [roughly(low), roughly(high)];
  const text = ({ unit, count }: Rough) => i18n.t(`common.rough.${unit}`, { count });
  if (from.unit !== to.unit) return i18n.t('common.rough.range', { low: text(from), high: text(to) });
  if (from.count === to.count) return text(to);
  return i18n.t('common.rough.range', { low: formatNumber(from.count, 1), high: text(to) });
}

interface Rough {
  readonly unit: 'seconds' | 'minutes' | 'hours';
  readonly count: number;
}

function roughly(seconds: number): Rough {
  if (Math.round(seconds) < 60) return { unit: 'seconds', count: Math.round(seconds) };
  if (Math.round(seconds / 60) < 60) return { unit: 'minutes', count: Math.round(seconds / 60) };
  return { unit: 'hours', count: Math.round(seconds / 1800) / 2 };
}

/** `12 s`, `3 min 20 s`, `2 h 05 min`, in the language's words. */
export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return i18n.t('common.seconds', { seconds: formatNumber(seconds, seconds < 10 ? 1 : 0) });
  const pad = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  if (whole < 3600) return i18n.t('common.minutes', { minutes, seconds: pad(whole % 60) });
  return i18n.t('common.hours', { hours: Math.floor(minutes / 60), minutes: pad(minutes % 60) });
}
