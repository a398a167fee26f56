import { appendFileSync } from 'node:fs';
import pino from 'pino';
import type { LoadSpec } from '#contract/load';

/**
 * A process that works on a ledger beside the test's own. Arguments: home, what to do, its argument. Prints one JSON
 * line per step.
 */
const [home = '', command = '', argument = ''] = process.argv.slice(2);

function tell(value: unknown): void {
  appendFileSync(1, `${JSON.stringify(value)}\n`);
}

async function openStore() {
  const [{ openLedger }, { JobStore }] = await Promise.all([
    import('#host/ledger/ledger'),
    import('#host/jobs/job-store'),
  ]);
  return new JobStore(openLedger(home, pino({ level: 'silent' })));
}

async function main(): Promise<void> {
  const store = await openStore();
  switch (command) {
    case 'create': {
      const spec = JSON.parse(argument) as LoadSpec;
      for (let count = 0; count < 20; count += 1) tell(store.create({ kind: 'load', spec }).number);
      break;
    }
    case 'resume':
      try {
        tell(store.change(Number(argument), 'queued').state);
      } catch (error) {
        tell(error instanceof Error && 'code' in error ? error.code : String(error));
      }
      // The job stays this process's until the other has tried too.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      break;
    case 'run-for-ever': {
      const { number } = store.create({ kind: 'load', spec: JSON.parse(argument) as LoadSpec });
      store.change(number, 'running');
      tell(number);
      setInterval(() => {}, 1_000);
    }
  }
}

await main();
