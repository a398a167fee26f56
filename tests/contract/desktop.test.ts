import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ElectronProcess } from '#tests/helpers/electron-double/start-electron';
import { openDesktop, startDesktop, temporaryHome, until } from './electron-test.ts';

/** The paths the first window's page was asked to open. */
async function opened(electron: ElectronProcess): Promise<readonly unknown[]> {
  const heard = (await electron.act.page(0, { do: 'heard' })) as readonly { type: string; paths?: unknown }[];
  return heard.flatMap(({ type, paths }) => (type === 'open' ? [paths] : []));
}

async function watch(electron: ElectronProcess): Promise<void> {
  await electron.act.page(0, { do: 'watch', path: ['app', 'watch'] });
}

describe('one application per home', () => {
  test('a second start hands its folder to the first, which comes to the front, and ends with 0', async () => {
    const home = temporaryHome();
    const folder = join(home, 'Hồ sơ');
    mkdirSync(folder);
    const first = await openDesktop({ home });
    await watch(first);
    await first.act.blur(0);
    const second = await startDesktop({ home, args: [folder, '--a-switch', join(home, 'missing')] });
    expect(await second.exit).toBe(0);
    expect(
      await until(
        () => opened(first),
        ({ length }) => length > 0,
      ),
    ).toEqual([[folder]]);
    expect((await first.act.record()).recentDocuments).toEqual([folder]);
    expect(await first.act.windows()).toHaveLength(1);
  });

  test('a folder named at the start is opened once the page listens', async () => {
    const home = temporaryHome();
    const electron = await openDesktop({ home, args: [home] });
    await electron.act.openFile(join(home, 'later.xml'));
    expect(await opened(electron)).toEqual([]);
    await watch(electron);
    expect(
      await until(
        () => opened(electron),
        ({ length }) => length > 0,
      ),
    ).toEqual([[home, join(home, 'later.xml')]]);
  });
});

describe('the window’s place', () => {
  const place = { x: 120, y: 80, width: 1000, height: 700 };

  test('is the same at the next start', async () => {
    const home = temporaryHome();
    const first = await openDesktop({ home });
    await first.act.move(0, place);
    await first.act.maximise(0);
    await first.act.quit();
    expect(await first.exit).toBe(0);
    const second = await openDesktop({ home });
    const [window] = await second.act.windows();
    expect(window).toMatchObject({ bounds: place, maximised: true });
  });

  test('is a fresh one when that display is gone', async () => {
    const home = temporaryHome();
    writeFileSync(
      join(home, 'window.json'),
      JSON.stringify({ bounds: { ...place, x: 3_000 }, maximised: false, lastFolder: null }),
    );
    const { act } = await openDesktop({ home });
    expect((await act.windows())[0]?.bounds).not.toMatchObject({ x: 3_000 });
  });

  test('does not keep the application from starting when its file is damaged', async () => {
    const home = temporaryHome();
    writeFileSync(join(home, 'window.json'), '{"bounds":');
    const { act } = await openDesktop({ home });
    expect(await act.windows()).toHaveLength(1);
    await act.move(0, place);
    await until(
      async () => readFileSync(join(home, 'window.json'), 'utf8'),
      (text) => JSON.parse(`${text.endsWith('}') ? text : 'null'}`)?.bounds?.x === place.x,
    );
  });

  test('of a further window is beside the one in front', async () => {
    const { act } = await openDesktop();
    await act.click('&File', 'New Window');
    const [first, second] = await until(
      () => act.windows(),
      ({ length }) => length === 2,
    );
    expect(second?.bounds.x).toBe((first?.bounds.x ?? 0) + 28);
  });
});

describe('the menu', () => {
  test('speaks the system’s language until another is set, then that one at once', async () => {
    const electron = await openDesktop({ settings: { locale: 'vi-VN' } });
    const { act } = electron;
    expect(await act.menu()).toContain('Mở thư mục… [CmdOrCtrl+O]');
    await electron.call('settings.change', { language: 'en' });
    const labels = await until(
      () => act.menu(),
      (menu) => menu.includes('Open Folder… [CmdOrCtrl+O]'),
    );
    expect(labels).toEqual(
      expect.arrayContaining(['Open Files… [CmdOrCtrl+Shift+O]', 'New Window [CmdOrCtrl+N]', 'Open Recent', 'Reload']),
    );
    expect(labels).toContain('Version 0.1.0');
  });

  test('sets the theme for page and system dialogs alike', async () => {
    const electron = await openDesktop();
    await electron.act.click('&View', 'Theme', 'Dark');
    await until(
      () => electron.act.theme(),
      (theme) => String(theme) === 'dark',
    );
    expect(await electron.call('settings.get')).toMatchObject({ theme: 'dark' });
  });

  test('chooses a folder in the system’s dialog, which next time starts there', async () => {
    const home = temporaryHome();
    const electron = await openDesktop({ home });
    const { act } = electron;
    await watch(electron);
    await act.click('&File', 'Open Folder…');
    await until(
      () => act.dialogs(),
      ({ length }) => length === 1,
    );
    await act.answer(0, { canceled: false, filePaths: [join(home, 'communes', 'Sông Lam')] });
    await until(
      () => opened(electron),
      ({ length }) => length === 1,
    );
    await act.click('&File', 'Open Files…');
    const [second] = await until(
      () => act.dialogs(),
      ({ length }) => length === 1,
    );
    expect(second?.options.defaultPath).toBe(join(home, 'communes'));
  });
});

describe('the keychain', () => {
  test('is used where the system has one', async () => {
    const electron = await openDesktop();
    expect(await electron.call('app.info')).toMatchObject({ host: 'desktop', secrets: 'keychain' });
  });

  test('counts as missing where Linux would keep passwords under one that everybody knows', async () => {
    const electron = await openDesktop({ settings: { keychain: 'basic_text' } });
    expect(await electron.call('app.info')).toMatchObject({ secrets: 'none' });
  });
});

describe('the end', () => {
  test('without jobs comes at once and without a question, also by closing the last window', async () => {
    const electron = await openDesktop();
    await electron.act.close(0);
    expect(await electron.exit).toBe(0);
  });

  test('comes with the end of the user’s session', async () => {
    const electron = await openDesktop();
    expect(await electron.act.endSession()).toBe('delayed');
    expect(await electron.exit).toBe(0);
  });

  test('comes in good order when the system asks the process to end', async () => {
    const electron = await openDesktop();
    process.kill(electron.pid, 'SIGTERM');
    expect(await electron.exit).toBe(0);
  });

  test('does not come with a defect: it is logged, told once, and the window goes on', async () => {
    const home = temporaryHome();
    const electron = await openDesktop({ home });
    await electron.act.fail();
    const told = await until(
      () => electron.act.dialogs(),
      ({ length }) => length > 0,
    );
    expect(told).toHaveLength(1);
    expect(told[0]?.options.detail).toContain(join(home, 'logs'));
    expect(await electron.call('settings.get')).toMatchObject({ theme: 'auto' });
    const log = readFileSync(join(home, 'logs', 'loadstone.log'), 'utf8');
    expect(log).toContain('a defect of the application');
    expect(log).toContain('another defect');
  });

  test('comes with a message and code 1 when the ledger cannot be opened', async () => {
    const home = temporaryHome();
    mkdirSync(join(home, 'ledger.db'));
    const electron = await startDesktop({ home });
    expect(await electron.exit).toBe(1);
    expect(electron.stderr()).toMatch(/\[error box\] Loadstone cannot start: .*ledger/is);
  });

  test('comes with a message and code 1 when the home cannot be made', async () => {
    const file = join(temporaryHome(), 'a-file');
    writeFileSync(file, '');
    const electron = await startDesktop({ home: join(file, 'home') });
    expect(await electron.exit).toBe(1);
    expect(electron.stderr()).toMatch(/\[error box\] Loadstone cannot start: .*a-file/s);
  });
});
