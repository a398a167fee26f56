import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';

interface ProcessFacts {
  readonly parent: number;
  readonly ended: boolean;
  readonly started: number;
}

function factsOf(pid: number): ProcessFacts | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), ended: /[ZX]/.test(fields[0] ?? ''), started: Number(fields[19]) };
  } catch {
    return undefined;
  }
}

function isWorker(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker.js');
  } catch {
    return false;
  }
}

/** The workers a host has forked, the oldest (a load's lead) first. */
export function workersOf(host: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .map((pid) => ({ pid, facts: factsOf(pid) }))
    .filter(({ pid, facts }) => facts?.parent === host && !facts.ended && isWorker(pid))
    .sort((a, b) => (a.facts?.started ?? 0) - (b.facts?.started ?? 0) || a.pid - b.pid)
    .map(({ pid }) => pid);
}

/** Fails when one of the processes still runs after a while. */
export async function expectGone(pids: readonly number[], withinMs = 4_000): Promise<void> {
  const alive = () => pids.filter((pid) => factsOf(pid)?.ended === false);
  for (const deadline = Date.now() + withinMs; alive().length > 0 && Date.now() < deadline; ) await sleep(20);
  expect(alive(), 'processes that were left').toEqual([]);
}
