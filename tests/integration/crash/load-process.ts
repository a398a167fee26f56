import { writeSync } from 'node:fs';
import { openRealHost } from './real-host.ts';

/** A host in a process of its own that runs one load and tells its progress, a JSON line each. Argument: its settings. */
const { home, target, spec } = JSON.parse(process.argv[2] ?? '');
const host = await openRealHost(home, target);
const handle = host.startLoad(spec);
handle.onProgress((progress) => writeSync(1, `${JSON.stringify(progress)}\n`));
await handle.done;
await host.close();
