const grouped = new Intl.NumberFormat('en-US');

/** `1,234,567` */
export function count(value: number): string {
  return grouped.format(value);
}

/** `1 file`, `1,234 files` */
export function counted(value: number, noun: string, nouns = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : nouns}`;
}

/** `12.3 MB`, in powers of ten as disks are sold. */
export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let amount = value / 1000;
  let unit = 0;
  while (amount >= 999.95 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return `${amount.toFixed(1)} ${units[unit]}`;
}

const DAY_S = 86_400;

/** `5 min 0 s`, `3 h 20 min`, `12 days`: how long ago that was. */
export function age(iso: string, now = Date.now()): string {
  const passed = Math.max(0, (now - Date.parse(iso)) / 1000);
  return passed < 2 * DAY_S ? seconds(passed) : counted(Math.floor(passed / DAY_S), 'day');
}

/** `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min` */
export function seconds(value: number): string {
  if (value < 10) return `${value.toFixed(1)} s`;
  const whole = Math.round(value);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
