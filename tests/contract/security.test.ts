import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDesktop, until } from './electron-test.ts';

const PRELOAD = expect.stringMatching(/preload[/\\]index\.cjs$/);

describe('the window', () => {
  test('is sandboxed, isolated and without Node', async () => {
    const { act } = await openDesktop();
    const [window] = await act.windows();
    expect(window?.options.webPreferences).toEqual({
      preload: PRELOAD,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: true,
    });
    expect((await act.record()).sandboxed).toBe(true);
  });

  test('of a package has no developer tools, no reload and no remote debugging', async () => {
    const { act } = await openDesktop({ settings: { packaged: true } });
    const [window] = await act.windows();
    expect(window?.options.webPreferences?.devTools).toBe(false);
    expect(await act.menu()).not.toContain('Reload');
    expect((await act.record()).removedSwitches).toEqual(['remote-debugging-port', 'remote-debugging-pipe']);
  });

  test('gets one frozen table with one function from the preload script', async () => {
    const { act } = await openDesktop();
    expect(await act.page(0, { do: 'bridge' })).toEqual([
      { name: 'loadstone', frozen: true, members: ['pathForFile: function'] },
    ]);
  });

  test('learns the path of a dropped file, and that a file made in the page has none', async () => {
    const { act } = await openDesktop();
    const path = join(import.meta.dirname, 'dossiers', 'Hồ sơ 1.xml');
    expect(await act.page(0, { do: 'drop', file: path })).toBe(path);
    expect(await act.page(0, { do: 'drop', file: null })).toBe('');
  });
});

describe('the page’s protocol', () => {
  test('is an origin of its own, as safe a context as https', async () => {
    const { act } = await openDesktop();
    expect((await act.record()).privileges).toEqual([
      { scheme: 'loadstone', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
  });

  test('serves the page with a strict policy and a nonce of its own each time', async () => {
    const { act } = await openDesktop();
    const first = await act.request('loadstone://app/');
    const second = await act.request('loadstone://app/index.html');
    expect(first).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8', 'x-content-type-options': 'nosniff' },
    });
    const policy = first.headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self';/);
    expect(policy).not.toContain('unsafe');
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
    expect(first.body).toContain(`nonce="${nonce}"`);
    expect(second.headers['content-security-policy']).not.toBe(policy);
  });

  test('serves the page’s files with their types', async () => {
    const { act } = await openDesktop();
    const { body } = await act.request('loadstone://app/');
    const script = /src="\.?\/?([^"]+\.js)"/.exec(body)?.[1];
    const answer = await act.request(`loadstone://app/${script}`);
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' } });
    expect(answer.body.length).toBeGreaterThan(1_000);
  });

  test('serves nothing outside the page’s folder, whatever the address looks like', async () => {
    const { act } = await openDesktop();
    for (const path of [
      '/../main/index.js',
      '/..%2fmain%2findex.js',
      '/%2e%2e/main/index.js',
      '/..%5cmain%5cindex.js',
      '/assets/..%2f..%2fmain/index.js',
      '//etc/hosts.html',
      '/%00.html',
      '/%zz.js',
      '/missing.js',
      '/assets/',
    ]) {
      expect(await act.request(`loadstone://app${path}`), path).toMatchObject({ status: 404, body: '' });
    }
    expect(await act.request('loadstone://elsewhere/index.html')).toMatchObject({ status: 404, body: '' });
  });

  test('answers nothing but GET and HEAD', async () => {
    const { act } = await openDesktop();
    expect(await act.request('loadstone://app/', 'POST')).toMatchObject({ status: 405 });
  });
});

describe('a page', () => {
  test('stays where it is, and its line with it', async () => {
    const electron = await openDesktop();
    const { act } = electron;
    expect(await act.navigate(0, 'https://example.com/')).toBe('refused');
    expect(await act.navigate(0, 'file:///etc/passwd')).toBe('refused');
    expect(await act.navigate(0, 'loadstone://app.evil/')).toBe('refused');
    expect(await act.navigate(0, 'loadstone://app/', false)).toBe('refused');
    expect(await act.attachWebview(0)).toBe('refused');
    expect(await electron.call('settings.get')).toMatchObject({ theme: 'auto' });
  });

  test('opens no window; only links to known sites open in the browser', async () => {
    const { act } = await openDesktop();
    const known = 'https://www.postgresql.org/docs/18/ddl.html';
    for (const url of [
      known,
      'https://example.com/',
      'http://www.postgresql.org/',
      'file:///etc/passwd',
      'javascript:1',
    ]) {
      expect(await act.openWindow(0, url)).toBe('deny');
    }
    expect((await act.record()).openedOutside).toEqual([known]);
  });

  test('is denied every permission but writing text to the clipboard', async () => {
    const { act } = await openDesktop();
    const denied = { asked: false, checked: false, device: false };
    for (const name of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'fileSystem',
      'openExternal',
      'hid',
    ]) {
      expect(await act.permission(0, name)).toEqual(denied);
    }
    expect(await act.permission(0, 'clipboard-sanitized-write')).toEqual({ asked: true, checked: true, device: false });
    expect(await act.foreignPermission('https://example.com/', 'clipboard-sanitized-write')).toEqual(denied);
  });
});

describe('the line between page and application', () => {
  test('is refused to another origin and to a frame inside the page', async () => {
    const { act } = await openDesktop();
    expect(await act.connectFrom(0, 'https://example.com/', false)).toBe('closed');
    expect(await act.connectFrom(0, 'loadstone://app.evil/', false)).toBe('closed');
    expect(await act.connectFrom(0, 'loadstone://app/', true)).toBe('closed');
  });

  test('is not passed on for a message from elsewhere than the page itself', async () => {
    const { act } = await openDesktop();
    await act.page(0, { do: 'connect', foreign: true });
    const asked = act.page(0, { do: 'call', path: ['settings', 'get'] });
    const waited = new Promise((resolve) => setTimeout(() => resolve('no answer'), 500));
    expect(await Promise.race([asked.catch(() => 'no answer'), waited])).toBe('no answer');
  });

  test('is taken over by the page’s next one, so that a page never has two', async () => {
    const electron = await openDesktop();
    const { act } = electron;
    // The page's own port must have arrived first.
    expect(await electron.call('settings.get')).toMatchObject({ theme: 'auto' });
    expect(await act.connectFrom(0, 'loadstone://app/', false)).toBe('answered');
    await until(
      () => act.page(0, { do: 'portClosed' }),
      (closed) => closed === true,
    );
  });

  test('is dropped by the application when another document takes the page’s place', async () => {
    const { act } = await openDesktop();
    await act.page(0, { do: 'watch', path: ['app', 'watch'] });
    await act.navigated(0);
    await until(
      () => act.page(0, { do: 'portClosed' }),
      (closed) => closed === true,
    );
  });

  test('is made anew by a reloaded page, and nothing of the old one stays', async () => {
    const electron = await openDesktop();
    const { act } = electron;
    // The application has the page's line once it answers over it.
    await electron.call('settings.get');
    const before = await act.listeners(0);
    for (let turn = 0; turn < 3; turn += 1) {
      await act.reload(0);
      await act.page(0, { do: 'connect' });
      expect(await electron.call('settings.get')).toMatchObject({ theme: 'auto' });
    }
    expect(await act.listeners(0)).toBe(before);
  });

  test('is back after the page crashed, but a page that keeps crashing is given up', async () => {
    const electron = await openDesktop();
    const { act } = electron;
    for (let crash = 0; crash < 3; crash += 1) {
      await act.crash(0);
      await act.page(0, { do: 'connect' });
      expect(await electron.call('settings.get')).toMatchObject({ theme: 'auto' });
    }
    await act.crash(0);
    const [told] = await act.dialogs();
    expect(told?.options.message).toBe('The window stopped working several times.');
  });
});
