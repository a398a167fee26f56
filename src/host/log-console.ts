const LEVEL_NAMES: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };

/** One JSON line of the log as a line for people. */
export function consoleLine(json: string): string {
  const { time: at, level: number, msg, err, ...facts } = JSON.parse(json) as Record<string, unknown>;
  const time = new Date(Number(at)).toISOString().slice(11, 23);
  const level = (LEVEL_NAMES[Number(number)] ?? '').padEnd(5);
  const shown = Object.entries(facts)
    .filter(([name]) => name !== 'pid')
    .map(([name, value]) => ` ${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  return `${time} ${level} ${String(msg ?? '')}${shown.join('')}${errorMessage(err)}\n`;
}

function errorMessage(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return '';
  return `: ${String(error.message)}`;
}
