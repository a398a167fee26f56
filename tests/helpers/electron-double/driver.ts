import { app } from './double-app.ts';
import {
  dialogs,
  menuItem,
  menuLabels,
  nativeTheme,
  notices,
  permissionOf,
  powerMonitor,
  requestOf,
} from './double-system.ts';
import { BrowserWindow, connectFrom, frameOf, ipcMain } from './double-windows.ts';
import { record } from './record.ts';
import { makeEvent } from './strict.ts';

function window(index: number): BrowserWindow {
  const found = BrowserWindow.getAllWindows()[index];
  if (found === undefined) throw new Error(`there is no window ${index}`);
  return found;
}

/** What a person, the system or a hostile page does; each may be called from the test by its name. */
export const driver = {
  record: () => record,
  windows: () =>
    BrowserWindow.getAllWindows().map((one) => {
      const { options, state, bounds } = one;
      return { options, ...state, bounds, focused: BrowserWindow.getFocusedWindow() === one };
    }),
  dialogs: () => dialogs.map(({ kind, options }) => ({ kind, options })),
  answer: (index: number, value: unknown) => dialogs[index]?.answer(value),
  menu: () => menuLabels(),
  theme: () => nativeTheme.themeSource,
  click: (...labels: string[]) => {
    const { click, role } = menuItem(labels);
    if (role === 'quit') app.quit();
    else (click as (() => void) | undefined)?.();
  },
  page: (index: number, command: object) => window(index).webContents.ask(command),
  request: (url: string, method = 'GET') => requestOf(url, method),
  permission: (index: number, name: string) => permissionOf(window(index).webContents, name),
  foreignPermission: (url: string, name: string) => permissionOf({ mainFrame: frameOf(url) }, name),
  /** What a page's attempt to go elsewhere comes to. */
  navigate: async (index: number, url: string, isMainFrame = true) => {
    const event = makeEvent({ url, isMainFrame });
    const { webContents } = window(index);
    webContents.emit('will-frame-navigate', event);
    if (event.defaultPrevented) return 'refused';
    await webContents.commit(url);
    return 'gone';
  },
  reload: (index: number) => window(index).loadURL(window(index).webContents.mainFrame.url),
  /** Another document took the page's place, while the old one is still there to see what that does to its line. */
  navigated: (index: number) => {
    const { webContents } = window(index);
    webContents.emit('did-navigate', makeEvent({}), webContents.mainFrame.url, 200, 'OK');
  },
  /** How many listeners the application has on a page and on all pages' messages. */
  listeners: (index: number) => {
    const { webContents } = window(index);
    const ofPage = webContents.eventNames().map((name) => webContents.listenerCount(name));
    return ofPage.reduce((sum, count) => sum + count, ipcMain.listenerCount('loadstone:connect'));
  },
  /** A defect: an exception and a rejection that nobody catches. */
  fail: () => {
    setImmediate(() => {
      throw new Error('a defect of the application');
    });
    void Promise.reject(new Error('another defect'));
  },
  openWindow: (index: number, url: string) => window(index).webContents.openHandler?.({ url }).action ?? 'allow',
  attachWebview: (index: number) => {
    const event = makeEvent({});
    window(index).webContents.emit('will-attach-webview', event, {}, {});
    return event.defaultPrevented ? 'refused' : 'attached';
  },
  connectFrom: (index: number, url: string, inFrame: boolean) => connectFrom(window(index), url, inFrame),
  crash: async (index: number) => {
    const { webContents } = window(index);
    await webContents.end();
    webContents.emit('render-process-gone', makeEvent({}), { reason: 'crashed', exitCode: 5 });
  },
  move: (index: number, bounds: Electron.Rectangle) => {
    window(index).bounds = bounds;
    window(index).emit('move');
  },
  maximise: (index: number) => window(index).maximize(),
  blur: (index: number) => window(index).blur(),
  /** A notice on the screen is pressed. */
  pressNotice: (index: number) => notices[index]?.emit('click', makeEvent({})),
  close: (index: number) => void window(index).close(),
  quit: () => app.quit(),
  endSession: () => {
    const event = makeEvent({});
    powerMonitor.emit('shutdown', event);
    return event.defaultPrevented ? 'delayed' : 'not delayed';
  },
  openFile: (path: string) => void app.emit('open-file', makeEvent({}), path),
} satisfies Record<string, (...args: never) => unknown>;
export type Driver = typeof driver;
