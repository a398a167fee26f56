import { LoadstoneError } from '#contract/errors';
import type { Shell } from '#host/application/application-types';
import { browseFolder } from './browse-folder.ts';
import { openRoots, type Roots } from './roots.ts';

interface WebShellOptions {
  readonly roots: Roots;
  /** Where uploads lie: loadable, but not looked around in. */
  readonly inbox: string;
  readonly offerDownload: (file: string, name: string) => string;
}

/** What stands in for a desktop where there is none: folders are chosen from a list, files are fetched. */
export async function webShell({ roots, inbox, offerDownload }: WebShellOptions): Promise<Shell> {
  const loadable = await openRoots([...roots.folders, inbox]);
  return {
    host: 'web',
    choose: async () => notAvailable('Choosing in a dialog of the system'),
    save: async () => notAvailable('Saving to a place of your choice'),
    reveal: async () => notAvailable('Showing a file in the file manager'),
    browse: (path) => browseFolder(path, roots),
    admit: async (paths) => {
      for (const path of paths) await loadable.admit(path);
    },
    offerDownload,
  };
}

function notAvailable(what: string): never {
  throw new LoadstoneError({
    code: 'NOT_AVAILABLE',
    message: `${what} is not possible in a browser.`,
    remedy: 'Choose from the list of folders, drop files on the page, or fetch the file as a download.',
  });
}
