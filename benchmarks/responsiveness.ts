import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findPreset } from '#contract/presets';
import { CHROMIUM_FLAGS, findChromium } from '#tests/helpers/e2e/chromium';
import { openHostClient } from '#tests/helpers/e2e/host-client';
import { ENTRY, WebServer } from '#tests/helpers/e2e/web-server';
import { ensureDossiers } from './data/dossiers.ts';
import type { Cluster } from './harness/cluster.ts';
import { contentsOf, DOSSIER_COLUMNS, freshDatabase } from './harness/database.ts';

import type { LoopDelay, ResponsivenessResult } from './harness/responsiveness-result.ts';
import { measure } from './harness/session.ts';
import { BLANK } from './harness/templates.ts';

/** Whether host and window stay quick while a load runs: `node benchmarks/responsiveness.ts [--quick] [--help]`. */
const LIMITS = { hostP99: 50, longestTask: 100 };
const DATABASE = 'bench_responsiveness';
const SEED = 1;
const METER = join(import.meta.dirname, 'harness/event-loop-meter.ts');
const REPORT_WAIT_MS = 2_000;

await measure('responsiveness', async ({ cluster, options }) => {
  const set = await ensureDossiers(options.data, `dossiers-${options.dossiers}`, SEED, options.dossiers);
  await freshDatabase(cluster, DATABASE, BLANK);
  const result = await watchLoad(cluster, set);
  const contents = await contentsOf(cluster, DATABASE, DOSSIER_COLUMNS);
  for (const [table, expected] of Object.entries(set.rows)) {
    const found = contents[table]?.rows;
    if (found !== expected) throw new Error(`${found} rows in ${table}, not ${expected}.`);
  }
  if (result.host.p99 > LIMITS.hostP99 || (result.longTasks[0] ?? 0) > LIMITS.longestTask) process.exitCode = 1;
  return { limits: LIMITS, result };
});

async function watchLoad(
  cluster: Cluster,
  set: { readonly folder: string; readonly files: number; readonly rows: Readonly<Record<string, number>> },
): Promise<ResponsivenessResult> {
  const base = mkdtempSync(join(tmpdir(), 'loadstone-bench-home-'));
  const report = join(base, 'event-loop.json');
  const home = join(base, 'home');
  mkdirSync(home);
  const server = await WebServer.start({
    cwd: base,
    words: ['--root', set.folder],
    nodeOptions: ['--import', METER],
    env: {
      ...process.env,
      HOME: base,
      LOADSTONE_HOME: home,
      PGPASSWORD: cluster.password,
      EVENT_LOOP_REPORT: report,
      EVENT_LOOP_PROGRAM: ENTRY,
    },
  });
  const browser = await chromium.launch({ executablePath: executable(), args: [...CHROMIUM_FLAGS] });
  const { ask, close } = await openHostClient(server.url);
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.getByRole('navigation').waitFor();
    server.signal('SIGUSR2');
    const { number } = await ask.jobs.start({
      paths: [set.folder],
      mapping: preset(),
      connection: {
        kind: 'server',
        host: '127.0.0.1',
        port: cluster.port,
        database: DATABASE,
        user: cluster.user,
        ssl: 'disable',
      },
      onError: 'row',
      batchSize: 20_000,
      dryRun: false,
      skipLoaded: true,
    });
    await openJobView(page, server.url, number);
    for await (const _ of await ask.jobs.watch({ number }));
    server.signal('SIGUSR2');
    const { job, report: loaded } = await ask.jobs.show({ number });
    if (job.state !== 'succeeded' || loaded === null) throw new Error(`The load ended as ${job.state}.`);
    return {
      files: set.files,
      rows: Object.values(set.rows).reduce((total, rows) => total + rows, 0),
      seconds: loaded.seconds,
      host: await readReport(report),
      longTasks: await longTasksOf(page),
    };
  } finally {
    close();
    await browser.close();
    await server.stop();
    rmSync(base, { recursive: true, force: true });
  }
}

/** From here on the page notes its long tasks, the drawing of the view itself among them. */
async function openJobView(page: Page, url: string, number: number): Promise<void> {
  await page.evaluate(`
    globalThis.longTasks = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ type: 'longtask' });`);
  await page.goto(`${new URL(url).origin}/#/jobs/${number}`);
}

async function longTasksOf(page: Page): Promise<readonly number[]> {
  const tasks = await page.evaluate<readonly number[]>('longTasks');
  return tasks.toSorted((a, b) => b - a);
}

async function readReport(path: string): Promise<LoopDelay> {
  const until = Date.now() + REPORT_WAIT_MS;
  for (;;) {
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as LoopDelay;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function executable(): string {
  const path = findChromium();
  if (path === undefined) throw new Error('No Chromium is installed; "node scripts/ensure-chromium.mjs" tells how.');
  return path;
}

function preset() {
  const mapping = findPreset('vn-land-records');
  if (mapping === undefined) throw new Error('The preset vn-land-records is gone.');
  return mapping;
}
