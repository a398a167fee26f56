/** So many lines are looked at. */
const LINES = 20;

/**
 * Whether a file holds a value per line, so that a broken line costs no more than itself. Its name says so, or its first
 * line is an object by itself and more follow, or two of the lines below are.
 * @param head the beginning of the file.
 */
export function isLines(head: Buffer, isWhole: boolean, path: string): boolean {
  const lines = head.toString('utf8').split(/\r\n|[\r\n]/, LINES);
  const start = lines.find((line) => line.trim() !== '')?.trim() ?? '';
  if (start.startsWith('[')) return false;
  // What begins with a lone bracket was written for people: objects over several lines.
  if (/\.(?:jsonl|ndjson)$/i.test(path)) return start !== '{';
  const whole = isWhole || lines.length === LINES ? lines : lines.slice(0, -1);
  const [first, ...others] = whole.filter((line) => line.trim() !== '');
  if (first === undefined || others.length === 0) return false;
  return isObject(first) || others.filter(isObject).length > 1;
}

function isObject(line: string): boolean {
  if (!line.startsWith('{')) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
