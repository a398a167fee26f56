import { writeSync } from 'node:fs';
import { openRealHost } from './real-host.ts';

/** A host in a process of its own that does one thing with the first job and tells its progress, a JSON line each. Argument: its settings. */
const { home, target, step, spec } = JSON.parse(process.argv[2] ?? '');
const host = await openRealHost(home, target);
const handle = step === 'start' ? host.startLoad(spec) : step === 'merge' ? host.merge(1) : host.resume(1);
writeSync(1, '{}\n');
handle.onProgress((progress) => writeSync(1, `${JSON.stringify(progress)}\n`));
await handle.done;
await host.close();
