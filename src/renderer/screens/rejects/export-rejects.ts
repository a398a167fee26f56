import type { RejectFilter } from '#contract/api/reject-pages';
import { client } from '#renderer/host/client.ts';

interface ExportRequest {
  readonly job: number;
  readonly filter: RejectFilter;
  /** What the file is called unless the user says otherwise. */
  readonly name: string;
}

export interface Exported {
  readonly rows: number;
  /** On the desktop, where it went. */
  readonly path?: string;
}

/** Into a file that the user names, or into the browser's downloads; null when the user thought better of it. */
export async function exportRejects({ job, filter, name }: ExportRequest): Promise<Exported | null> {
  if (window.loadstone === undefined) {
    const { rows, download } = await client.rejects.export({ job, filter });
    if (download !== undefined) fetchFile(download, name);
    return { rows };
  }
  const path = await client.shell.save({ name });
  if (path === null) return null;
  const { rows } = await client.rejects.export({ job, filter, path });
  await client.shell.reveal({ path });
  return { rows, path };
}

function fetchFile(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
