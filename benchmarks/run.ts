import { loadstoneTrouble, pythonTrouble } from './harness/contenders.ts';
import { type Field, raceDossiers, raceRecords } from './harness/races.ts';
import { measure, type Session } from './harness/session.ts';

/** Speed, side by side in one run: `node benchmarks/run.ts [--quick] [--help]`. */
await measure('run', async (session) => {
  const trouble = await missing(session);
  const field: Field = { loadstone: trouble.loadstone === null, python: trouble.python === null };
  const { cluster, options, wanted } = session;
  const records = wanted('new') || wanted('filled') ? await raceRecords(cluster, options, field, wanted) : null;
  const dossiers = wanted('dossiers') ? await raceDossiers(cluster, options, field) : [];
  return { missing: trouble, shapes: records?.shapes ?? null, races: [...(records?.races ?? []), ...dossiers] };
});

async function missing({ options }: Session): Promise<{ loadstone: string | null; python: string | null }> {
  const loadstone = options.withoutLoadstone ? 'left out on request' : await loadstoneTrouble(options.tools);
  const python = await pythonTrouble(options.tools);
  for (const [who, why] of Object.entries({ loadstone, python })) {
    if (why !== null) process.stderr.write(`${who} does not take part: ${why}\n`);
  }
  return { loadstone, python };
}
