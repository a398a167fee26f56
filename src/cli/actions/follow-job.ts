import type { JobHandle, JobOutcome } from '#host/job-host';
import type { CliContext } from '../context.ts';
import { ProgressDisplay } from '../progress-display.ts';

/** How long a killed job may take to be stored. Less than the time after which the process ends by itself. */
const KILLED_MS = 2_000;

interface Words {
  /** Said first. */
  readonly begins: string;
  /** Said at the first Ctrl-C. */
  readonly stopping: string;
}

/** What is shown meanwhile: words and progress, progress on a terminal only, or nothing but what a terminal redraws. */
interface Shown {
  readonly words: boolean;
  readonly lines: boolean;
}

/** Shows a running job and passes Ctrl-C on to it, to its end; `killed`: it was given up before that was stored. */
export async function followJob<Outcome extends JobOutcome>(
  { terminal, interrupts }: CliContext,
  handle: JobHandle<Outcome>,
  { begins, stopping }: Words,
  shown: Shown,
): Promise<Outcome | 'killed'> {
  const display = new ProgressDisplay(terminal);
  if (terminal.live || shown.lines) handle.onProgress((progress) => display.show(progress));
  if (shown.words) display.say(begins);
  const killed = Promise.withResolvers<'killed'>();
  const cancel = () => {
    display.say(stopping);
    handle.cancel();
  };
  interrupts.onSecond = () => {
    display.say('Killing …\n');
    handle.cancel();
    setTimeout(() => killed.resolve('killed'), KILLED_MS).unref();
  };
  if (interrupts.signal.aborted) cancel();
  else interrupts.signal.addEventListener('abort', cancel, { once: true });
  const outcome = await Promise.race([handle.done, killed.promise]);
  interrupts.signal.removeEventListener('abort', cancel);
  display.clear();
  return outcome;
}
