import { descendantsOf, readProc } from './proc.ts';

/** /proc counts in hundredths of a second, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** CPU seconds of all processes this one has started and seen end, with those they started themselves. */
export function cpuOfEndedChildren(): number {
  const [, , ended, endedSystem] = ticksOf(process.pid);
  return (ended + endedSystem) / TICKS_PER_SECOND;
}

/** CPU seconds of a process and of all it has started, whether they still run or not. */
export function cpuOfTree(root: number): number {
  let ticks = 0;
  for (const pid of [root, ...descendantsOf(root)]) for (const count of ticksOf(pid)) ticks += count;
  return ticks / TICKS_PER_SECOND;
}

/** Own time in user and system mode, and that of ended children. */
function ticksOf(pid: number): readonly [number, number, number, number] {
  const stat = readProc(pid, 'stat');
  // The name in parentheses may hold spaces; the times are the 14th to 17th field, it is the second.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  const at = (field: number): number => Number(fields[field] ?? 0);
  return [at(11), at(12), at(13), at(14)];
}
