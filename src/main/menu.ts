import { basename } from 'node:path';
import { app, Menu, type MenuItemConstructorOptions, shell } from 'electron';
import type { Settings } from '#contract/api/settings';
import type { RecentSource } from '#contract/api/sources';
import type { Words } from './system/words.ts';

const RECENT_SHOWN = 10;

/** What the menu's items do. */
export interface MenuActions {
  readonly choose: (what: 'folder' | 'files') => void;
  readonly open: (paths: readonly string[]) => void;
  readonly newWindow: () => void;
  readonly setTheme: (theme: Settings['theme']) => void;
}

interface MenuFacts {
  readonly words: Words;
  readonly recent: readonly RecentSource[];
  readonly theme: Settings['theme'];
  readonly logFolder: string;
}

/** Builds the menu anew and shows it. */
export function showMenu(facts: MenuFacts, actions: MenuActions): void {
  const template = [
    ...(process.platform === 'darwin' ? [appMenu(facts.words)] : []),
    fileMenu(facts, actions),
    editMenu(facts.words),
    viewMenu(facts, actions),
    windowMenu(facts.words),
    helpMenu(facts),
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function appMenu({ menu }: Words): MenuItemConstructorOptions {
  return {
    label: app.name,
    submenu: [
      { role: 'about', label: menu.about },
      { type: 'separator' },
      { role: 'hide', label: menu.hide },
      { role: 'hideOthers', label: menu.hideOthers },
      { role: 'unhide', label: menu.showAll },
      { type: 'separator' },
      { role: 'quit', label: menu.quit },
    ],
  };
}

function fileMenu({ words, recent }: MenuFacts, { choose, open, newWindow }: MenuActions): MenuItemConstructorOptions {
  const { menu } = words;
  const there = recent.filter((source) => source.exists).slice(0, RECENT_SHOWN);
  const recentItems: MenuItemConstructorOptions[] = there.map(({ paths }) => ({
    label: sourceLabel(paths, words),
    click: () => open(paths),
  }));
  return {
    label: menu.file,
    submenu: [
      { label: menu.openFolder, accelerator: 'CmdOrCtrl+O', click: () => choose('folder') },
      { label: menu.openFiles, accelerator: 'CmdOrCtrl+Shift+O', click: () => choose('files') },
      {
        label: menu.openRecent,
        submenu: recentItems.length > 0 ? recentItems : [{ label: menu.noRecent, enabled: false }],
      },
      { type: 'separator' },
      { label: menu.newWindow, accelerator: 'CmdOrCtrl+N', click: newWindow },
      { role: 'close', label: menu.closeWindow },
      ...(process.platform === 'darwin'
        ? []
        : ([{ type: 'separator' }, { role: 'quit', label: menu.quit, accelerator: 'CmdOrCtrl+Q' }] as const)),
    ],
  };
}

/** An ampersand in a label underlines what follows it; doubled it is shown. */
function sourceLabel(paths: readonly string[], words: Words): string {
  const [first = '', ...others] = paths;
  const name = `${basename(first)} — ${first}`.replaceAll('&', '&&');
  return others.length === 0 ? name : `${name} (${words.andMore(others.length)})`;
}

function editMenu({ menu }: Words): MenuItemConstructorOptions {
  return {
    label: menu.edit,
    submenu: [
      { role: 'undo', label: menu.undo },
      { role: 'redo', label: menu.redo },
      { type: 'separator' },
      { role: 'cut', label: menu.cut },
      { role: 'copy', label: menu.copy },
      { role: 'paste', label: menu.paste },
      { role: 'selectAll', label: menu.selectAll },
    ],
  };
}

function viewMenu({ words: { menu }, theme }: MenuFacts, { setTheme }: MenuActions): MenuItemConstructorOptions {
  const themeItem = (value: Settings['theme'], label: string): MenuItemConstructorOptions => ({
    type: 'radio',
    label,
    checked: theme === value,
    click: () => setTheme(value),
  });
  return {
    label: menu.view,
    submenu: [
      ...(app.isPackaged
        ? []
        : ([
            { role: 'reload', label: menu.reload },
            { role: 'toggleDevTools', label: menu.devTools },
            { type: 'separator' },
          ] as const)),
      { role: 'resetZoom', label: menu.resetZoom },
      { role: 'zoomIn', label: menu.zoomIn },
      { role: 'zoomOut', label: menu.zoomOut },
      { role: 'togglefullscreen', label: menu.fullScreen },
      { type: 'separator' },
      {
        label: menu.theme,
        submenu: [
          themeItem('auto', menu.themeAuto),
          themeItem('light', menu.themeLight),
          themeItem('dark', menu.themeDark),
        ],
      },
    ],
  };
}

function windowMenu({ menu }: Words): MenuItemConstructorOptions {
  return { role: 'windowMenu', label: menu.window, submenu: [{ role: 'minimize', label: menu.minimise }] };
}

function helpMenu({ words, logFolder }: MenuFacts): MenuItemConstructorOptions {
  return {
    role: 'help',
    label: words.menu.help,
    submenu: [
      { label: words.menu.logFolder, click: () => void shell.openPath(logFolder) },
      { type: 'separator' },
      { label: words.version(app.getVersion()), enabled: false },
    ],
  };
}
