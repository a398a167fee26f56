import { usage } from './values.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 };

/** `200MB`, `50 kB`, `1000000`: a number of bytes, in powers of ten. */
export function byteCount(option: string): (value: string) => number {
  return (value) => {
    const [, digits = '', unit = ''] = /^(\d{1,12}(?:\.\d+)?)\s*([kmg]?)b?$/i.exec(value) ?? [];
    const bytes = Math.round(Number(digits) * (UNITS[unit.toLowerCase()] ?? 0));
    if (digits !== '' && bytes >= 1) return bytes;
    throw usage(`${option} does not accept "${value}".`, 'Give a size such as 500kB, 200MB or 1GB.');
  };
}
