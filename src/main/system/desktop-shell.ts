import { dirname, isAbsolute, join } from 'node:path';
import { app, BrowserWindow, dialog, type OpenDialogOptions, shell } from 'electron';
import { LoadstoneError } from '#contract/errors';
import type { Shell } from '#host/application/application-types';
import type { DesktopState } from '../window/desktop-state.ts';
import type { Speech } from './language.ts';

type What = 'folder' | 'files' | 'mapping';

/** The system's own dialogs and file manager. Dialogs start where the last one ended. */
export function desktopShell(state: DesktopState, speech: Speech): Shell {
  return {
    host: 'desktop',
    choose: async ({ what, startAt }) => {
      const options = { ...dialogOptions(what, speech), defaultPath: startAt ?? lastPlace(state) };
      const window = BrowserWindow.getFocusedWindow();
      const { canceled, filePaths } = await (window === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(window, options));
      const [first] = filePaths;
      if (canceled || first === undefined) return null;
      state.change({ lastFolder: dirname(first) });
      return filePaths;
    },
    save: async ({ name }) => {
      const options = { title: speech.words.saveAs, defaultPath: join(lastPlace(state), name) };
      const window = BrowserWindow.getFocusedWindow();
      const { canceled, filePath } = await (window === null
        ? dialog.showSaveDialog(options)
        : dialog.showSaveDialog(window, options));
      if (canceled || filePath === '') return null;
      state.change({ lastFolder: dirname(filePath) });
      return filePath;
    },
    reveal: async (path) => {
      admitPath(path);
      shell.showItemInFolder(path);
    },
    browse: () => Promise.reject(notAvailable()),
    admit: async (paths) => paths.forEach(admitPath),
    offerDownload: () => null,
  };
}

const DATA_ENDINGS = 'xml gml kml gpx rdf csv tsv txt json jsonl ndjson geojson'.split(' ');

function dialogOptions(what: What, { words }: Speech): OpenDialogOptions {
  const all = { name: words.allFiles, extensions: ['*'] };
  switch (what) {
    case 'folder':
      return { title: words.chooseFolder, properties: ['openDirectory', 'multiSelections'] };
    case 'files':
      return {
        title: words.chooseFiles,
        properties: ['openFile', 'multiSelections'],
        filters: [{ name: words.dataFiles, extensions: DATA_ENDINGS }, all],
      };
    case 'mapping':
      return {
        title: words.chooseMapping,
        properties: ['openFile'],
        filters: [{ name: words.mappingFiles, extensions: ['json', 'jsonc'] }, all],
      };
    default:
      return what satisfies never;
  }
}

function lastPlace(state: DesktopState): string {
  return state.lastFolder ?? app.getPath('documents');
}

/** Whoever sits at the desktop may read what the account may read; only a path that depends on a folder is refused. */
function admitPath(path: string): void {
  if (isAbsolute(path)) return;
  throw new LoadstoneError({
    code: 'PATH_NOT_ALLOWED',
    message: `${path} is not an absolute path.`,
    remedy: 'Choose the file or folder again.',
  });
}

function notAvailable(): LoadstoneError {
  return new LoadstoneError({
    code: 'NOT_AVAILABLE',
    message: 'The desktop window lists no folders of its own.',
    remedy: "Choose a folder in the system's dialog, or drop it on the window.",
  });
}
