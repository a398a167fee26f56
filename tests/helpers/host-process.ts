import { appendFileSync } from 'node:fs';
import type { LoadSpec } from '#contract/load';
import { openHost } from '#host/job-host';
import { QUICK_TIMING, resolveTestTarget, SILENT_LOG } from '#tests/helpers/host-folder';

/** A host in a process of its own that runs one load. Arguments: home, worker entry, spec. */
const [home = '', workerEntry = '', spec = ''] = process.argv.slice(2);
const log = SILENT_LOG;
const host = await openHost({ home, workerEntry, log, resolveTarget: resolveTestTarget, timing: QUICK_TIMING });
const handle = host.startLoad(JSON.parse(spec) as LoadSpec);
appendFileSync(1, `${handle.number}\n`);
appendFileSync(1, `${JSON.stringify(await handle.done)}\n`);
await host.close();
