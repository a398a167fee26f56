import { client } from './client.ts';

export interface Exported {
  readonly rows: number;
  /** On the desktop, where it went. */
  readonly path?: string;
}

type Export = (path?: string) => Promise<{ readonly rows: number; readonly download?: string }>;

/**
 * Has the host write a file that the user names, or one for the browser's downloads.
 * @param name what the file is called unless the user says otherwise
 * @returns null when the user thought better of it
 */
export async function saveExport(name: string, run: Export): Promise<Exported | null> {
  if (window.loadstone === undefined) {
    const { rows, download } = await run();
    if (download !== undefined) fetchFile(download, name);
    return { rows };
  }
  const path = await client.shell.save({ name });
  if (path === null) return null;
  const { rows } = await run(path);
  await client.shell.reveal({ path });
  return { rows, path };
}

function fetchFile(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
