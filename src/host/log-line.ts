import type { LogLine } from '#contract/api/job-views';

/** Longer facts of one line are cut. */
const MOST_CHARACTERS = 1_000;
/** What every line has, and what is shown otherwise. */
const KNOWN = new Set(['level', 'time', 'pid', 'job', 'msg']);

/** A line of the log file for people; undefined when it is not one of this job. */
export function parseLogLine(text: string, job: number): LogLine | undefined {
  const line = objectOf(text);
  if (line?.job !== job || typeof line.time !== 'number') return undefined;
  return {
    at: new Date(line.time).toISOString(),
    level: levelOf(Number(line.level)),
    message: String(line.msg ?? ''),
    facts: factsOf(line),
  };
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function levelOf(level: number): LogLine['level'] {
  if (level >= 50) return 'error';
  if (level >= 40) return 'warn';
  return level >= 30 ? 'info' : 'debug';
}

function factsOf(line: Readonly<Record<string, unknown>>): string {
  const facts = Object.entries(line)
    .filter(([name]) => !KNOWN.has(name))
    .map(([name, value]) => `${name}=${print(value)}`)
    .join(' ');
  return facts.length > MOST_CHARACTERS ? `${facts.slice(0, MOST_CHARACTERS)}…` : facts;
}

function print(value: unknown): string {
  if (typeof value === 'string') return /[\s"=]/.test(value) ? JSON.stringify(value) : value;
  if (typeof value !== 'object' || value === null) return String(value);
  // Of an error its words; the stack is for the file.
  const { message } = value as { readonly message?: unknown };
  return typeof message === 'string' ? JSON.stringify(message) : JSON.stringify(value);
}
