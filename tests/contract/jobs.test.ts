import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JobDetail } from '#contract/api/job-views';
import type { SourceSummary } from '#contract/api/sources';
import type { ElectronProcess } from '#tests/helpers/electron-double/start-electron';
import { temporaryFolder } from '#tests/helpers/temporary-folder';
import { openDesktop, temporaryHome, until } from './electron-test.ts';
import { writeDossiers } from './write-dossiers.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/land-records');
/** Enough to be running still when it is to be stopped. */
const MANY = 2_000;
/** The embedded server's first start alone takes longer than to ask for the end. */
const SOME = 400;

async function landRecords({ call }: ElectronProcess): Promise<unknown> {
  const presets = (await call('mappings.presets')) as readonly { readonly name: string; readonly mapping: unknown }[];
  return presets.find(({ name }) => name === 'vn-land-records')?.mapping;
}

async function startLoad(electron: ElectronProcess, folder: string): Promise<number> {
  const mapping = await landRecords(electron);
  const request = {
    paths: [folder],
    mapping,
    connection: { kind: 'embedded' },
    onError: 'row',
    batchSize: 20_000,
    dryRun: false,
    skipLoaded: true,
    workers: 2,
  };
  return ((await electron.call('jobs.start', request)) as { number: number }).number;
}

async function show({ call }: ElectronProcess, number: number): Promise<JobDetail> {
  return (await call('jobs.show', { number })) as JobDetail;
}

function ended({ job }: JobDetail): boolean {
  return !['queued', 'running', 'cancelling'].includes(job.state);
}

describe('a load ordered by the window', () => {
  test('runs in utility processes, shows itself on the taskbar, keeps the machine awake, and is announced once', async () => {
    const home = temporaryHome();
    const electron = await openDesktop({ home });
    const { act } = electron;
    const found = (await electron.call('sources.scan', {
      paths: [EXAMPLE],
      mapping: await landRecords(electron),
    })) as SourceSummary;
    expect(found.files).toBeGreaterThan(5);
    await act.page(0, { do: 'watch', path: ['app', 'watch'] });
    const number = await startLoad(electron, EXAMPLE);
    await act.blur(0);
    await until(
      () => act.record(),
      ({ blockers }) => blockers.length === 1,
    );
    const [busy] = await act.windows();
    expect(busy?.progress).toBeGreaterThanOrEqual(0);
    const { job, report } = await until(() => show(electron, number), ended);
    expect(job.state).toMatch(/^succeeded/);
    expect(report?.files.found).toBe(found.files);
    const { notices } = await until(
      () => act.record(),
      (record) => record.notices.length > 0 && record.blockers.length === 0,
    );
    expect(notices).toEqual([expect.stringContaining(`Job ${number} is done`)]);
    expect((await act.windows())[0]).toMatchObject({ progress: -1, flashing: true, focused: false });
    await act.pressNotice(0);
    expect((await act.windows())[0]).toMatchObject({ focused: true });
    const heard = async () => (await act.page(0, { do: 'heard' })) as readonly { readonly type: string }[];
    await until(heard, (events) => events.some(({ type }) => type === 'show'));
    expect((await heard()).filter(({ type }) => type === 'ended' || type === 'show')).toMatchObject([
      { type: 'ended', job: { number, state: job.state } },
      { type: 'show', job: number },
    ]);
    // Whoever sits before a window needs no notice of the system.
    const again = await startLoad(electron, EXAMPLE);
    await until(() => show(electron, again), ended);
    await until(heard, (events) => events.filter(({ type }) => type === 'ended').length === 2);
    expect((await act.record()).notices).toHaveLength(1);
    expect(
      await until(
        () => act.menu(),
        (menu) => menu.some((label) => label.startsWith('land-records — ')),
      ),
    ).toBeDefined();
  });

  test('hands its workers nothing but what they need', async () => {
    process.env.PGPASSWORD = 'never-handed-on';
    const electron = await openDesktop();
    delete process.env.PGPASSWORD;
    const number = await startLoad(electron, EXAMPLE);
    await until(() => show(electron, number), ended);
    const { workers } = await electron.act.record();
    expect(workers.length).toBeGreaterThan(1);
    for (const { execArgv, env } of workers) {
      expect(execArgv).toContain('--max-old-space-size=176');
      expect(JSON.stringify(env)).not.toContain('never-handed-on');
    }
  });

  test('survives the death of its workers and of its window’s page', async () => {
    using folder = temporaryFolder();
    writeDossiers(folder.path, MANY);
    const electron = await openDesktop();
    const number = await startLoad(electron, folder.path);
    const { workers } = await until(
      () => electron.act.record(),
      (record) => record.workers.filter(({ pid }) => pid).length >= 3,
    );
    const pid = workers.at(-1)?.pid ?? 0;
    process.kill(pid, 'SIGKILL');
    await electron.act.crash(0);
    await electron.act.page(0, { do: 'connect' });
    const { job, report } = await until(() => show(electron, number), ended, 90_000);
    expect(job.state).toBe('succeeded');
    expect(report?.files.loaded).toBe(MANY);
  });
});

describe('quitting while a job runs', () => {
  test('asks, and goes on when it is to be kept', async () => {
    using folder = temporaryFolder();
    writeDossiers(folder.path, SOME);
    const electron = await openDesktop();
    const { act } = electron;
    const number = await startLoad(electron, folder.path);
    await act.quit();
    const [question] = await until(
      () => act.dialogs(),
      ({ length }) => length > 0,
    );
    expect(question).toMatchObject({
      kind: 'message',
      options: {
        message: 'A job is running. Stop it and quit?',
        buttons: ['Stop and Quit', 'Keep Running'],
        defaultId: 1,
        cancelId: 1,
      },
    });
    await act.quit();
    await act.close(0);
    expect(await act.dialogs()).toHaveLength(1);
    await act.answer(0, { response: 1 });
    expect((await until(() => show(electron, number), ended, 90_000)).job.state).toBe('succeeded');
  });

  test('stops it gracefully when it is to be stopped: the next start finds it cancelled and can resume it', async () => {
    using folder = temporaryFolder();
    writeDossiers(folder.path, SOME);
    const home = temporaryHome();
    const electron = await openDesktop({ home, settings: { locale: 'vi' } });
    const { act } = electron;
    const number = await startLoad(electron, folder.path);
    await until(
      () => show(electron, number),
      ({ job }) => job.state === 'running',
    );
    await act.close(0);
    await until(
      () => act.dialogs(),
      ({ length }) => length > 0,
    );
    await act.answer(0, { response: 0 });
    expect(await electron.exit).toBe(0);
    const next = await openDesktop({ home });
    expect((await show(next, number)).job).toMatchObject({ state: 'cancelled' });
    await next.call('jobs.resume', { number });
    const { job, report } = await until(() => show(next, number), ended, 90_000);
    expect(job.state).toBe('succeeded');
    expect(report?.files.loaded).toBe(SOME);
  });

  test('ends also where a worker does not answer any more', async () => {
    using folder = temporaryFolder();
    writeDossiers(folder.path, MANY);
    const electron = await openDesktop();
    const { act } = electron;
    await startLoad(electron, folder.path);
    const { workers } = await until(
      () => act.record(),
      (record) => record.workers.filter(({ pid }) => pid).length >= 3,
    );
    const pid = workers.at(-1)?.pid ?? 0;
    // A stopped process hears no SIGTERM, only SIGKILL.
    process.kill(pid, 'SIGSTOP');
    await act.quit();
    await until(
      () => act.dialogs(),
      ({ length }) => length > 0,
    );
    await act.answer(0, { response: 0 });
    expect(await electron.exit).toBe(0);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  test('does not ask when the user’s session ends', async () => {
    using folder = temporaryFolder();
    writeDossiers(folder.path, SOME);
    const home = temporaryHome();
    const electron = await openDesktop({ home });
    const number = await startLoad(electron, folder.path);
    await electron.act.quit();
    await until(
      () => electron.act.dialogs(),
      ({ length }) => length > 0,
    );
    await electron.act.endSession();
    expect(await electron.exit).toBe(0);
    const next = await openDesktop({ home });
    expect((await show(next, number)).job.state).toBe('cancelled');
  });
});
