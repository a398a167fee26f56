import { afterEach, describe, expect, test } from 'vitest';
import { type Interrupts, listenForInterrupts } from '#cli/interrupts';

let interrupts: Interrupts | undefined;
afterEach(() => interrupts?.stop());

/** Real signal handlers, heard without a signal being sent: the runner itself must live on. */
function listen() {
  const told: string[] = [];
  let now = 0;
  const listening = listenForInterrupts({ exit: () => told.push('exit'), now: () => now });
  listening.signal.addEventListener('abort', () => told.push('first'));
  interrupts = listening;
  const press = (at: number, signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP' = 'SIGINT') => {
    now = at;
    process.emit(signal);
  };
  return { listening, told, press };
}

describe('Ctrl-C', () => {
  test('once asks to stop', () => {
    const { told, press } = listen();
    press(1000);
    expect(told).toEqual(['first']);
  });

  test('twice ends at once where there is nothing to kill', () => {
    const { told, press } = listen();
    press(1000);
    press(1500);
    expect(told).toEqual(['first', 'exit']);
  });

  test('twice kills what runs, a third time ends', () => {
    const { told, press, listening } = listen();
    listening.onSecond = () => told.push('kill');
    press(1000);
    press(1500);
    press(2000);
    expect(told).toEqual(['first', 'kill', 'exit']);
  });

  test('that arrives several times, from the terminal and a launcher, is one press', () => {
    const { told, press } = listen();
    press(1000);
    press(1010);
    press(1150);
    expect(told).toEqual(['first']);
  });

  test('and SIGTERM and SIGHUP are the same', () => {
    const { told, press } = listen();
    press(1000, 'SIGTERM');
    press(1500, 'SIGHUP');
    expect(told).toEqual(['first', 'exit']);
  });
});
