import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureReceiptBytes } from './data/receipts.ts';
import { ensureRecordFiles, recordsForBytes } from './data/record-files.ts';
import { runTimed } from './harness/command.ts';
import type { InferenceResult } from './harness/inference-result.ts';
import { watchDescendants } from './harness/memory-watch.ts';
import type { Options } from './harness/options.ts';
import { measure } from './harness/session.ts';

/** Resident memory and speed of `loadstone infer` on large files: `node benchmarks/infer-memory.ts [--quick] [--help]`. */
const MEGABYTE = 1_000_000;
const SEED = 3;
const SAMPLE = '200MB';
/** Hashes of distinct values are the most of it: 8 million of 16 to 32 bytes (engine/infer/observe/distinct-values.ts). */
const LIMIT_MEGABYTES = 600;

await measure('infer-memory', async ({ options, wanted }) => {
  const tests: InferenceResult[] = [];
  if (wanted('csv') || wanted('sample')) {
    const { file } = await ensureReceiptBytes(options.data, options.bigCsvMegabytes * MEGABYTE);
    const name = `CSV of ${options.bigCsvMegabytes} MB`;
    if (wanted('csv')) tests.push(await watchInference(options, name, file, []));
    if (wanted('sample'))
      tests.push(await watchInference(options, `${name}, --sample ${SAMPLE}`, file, ['--sample', SAMPLE]));
  }
  if (wanted('xml'))
    tests.push(await watchInference(options, `XML of ${options.bigFileMegabytes} MB`, await bigXml(options), []));
  if (!tests.every(holds)) process.exitCode = 1;
  return { limitMegabytes: LIMIT_MEGABYTES, tests };
});

/** A sample is over before the hashes have reached their limit: its memory still rises, as it should. */
function holds({ bytes, bytesRead, maxMegabytes, processes }: InferenceResult): boolean {
  const isFlat = bytesRead < bytes || processes.every(({ flat }) => flat);
  return processes.length > 0 && maxMegabytes <= LIMIT_MEGABYTES && isFlat;
}

/** The file of memory.ts. */
async function bigXml({ data, bigFileMegabytes }: Options): Promise<string> {
  const set = { seed: SEED, total: recordsForBytes(bigFileMegabytes * MEGABYTE) };
  const { folder } = await ensureRecordFiles(data, `big-${bigFileMegabytes}`, set, 1);
  return join(folder, 'dot-001', 'ho-so-00001.xml');
}

async function watchInference(
  { tools }: Options,
  name: string,
  file: string,
  more: readonly string[],
): Promise<InferenceResult> {
  process.stderr.write(`${name} …\n`);
  const out = join(tools.home, 'inferred.json');
  const args = [tools.loadstone, 'infer', file, '--out', out, '--json', ...more];
  const watch = watchDescendants(process.pid);
  const { seconds, stdout } = await runTimed(process.execPath, args, { LOADSTONE_HOME: tools.home });
  const processes = watch.stop();
  rmSync(out);
  const { report } = JSON.parse(stdout) as { report: { bytes: number } };
  const totals = watch.totals.map(([, megabytes]) => megabytes);
  const at = (share: number): number => totals[Math.min(totals.length - 1, Math.floor(totals.length * share))] ?? 0;
  return {
    name,
    bytes: statSync(file).size,
    bytesRead: report.bytes,
    seconds,
    maxMegabytes: Math.max(...totals),
    alongTheWay: [at(0.1), at(0.5), at(1)],
    processes,
  };
}
