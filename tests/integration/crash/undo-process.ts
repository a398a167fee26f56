import { openRealHost } from './real-host.ts';

/** A host in a process of its own that undoes one job. Argument: its settings. */
const { home, target, job } = JSON.parse(process.argv[2] ?? '');
const host = await openRealHost(home, target, { resolveTarget: async () => target });
await host.undo(job);
await host.close();
