import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded into a process by `--import`: measures how long its event loop was held up between two SIGUSR2, and writes
 * that into the file that EVENT_LOOP_REPORT names. Children inherit the import, so it acts in the named program only.
 */
const RESOLUTION_MS = 5;

const { EVENT_LOOP_REPORT: file, EVENT_LOOP_PROGRAM: program } = process.env;
if (file !== undefined && process.argv[1] === program) {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let running = false;
  process.on('SIGUSR2', () => {
    running = !running;
    if (running) {
      delays.enable();
      return;
    }
    delays.disable();
    const milliseconds = (nanoseconds: number): number => nanoseconds / 1e6;
    writeFileSync(
      file,
      JSON.stringify({
        resolution: RESOLUTION_MS,
        samples: delays.count,
        p50: milliseconds(delays.percentile(50)),
        p99: milliseconds(delays.percentile(99)),
        max: milliseconds(delays.max),
      }),
    );
  });
}
