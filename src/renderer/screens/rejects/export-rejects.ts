import type { RejectFilter } from '#contract/api/reject-pages';
import { client } from '#renderer/host/client.ts';
import { type Exported, saveExport } from '#renderer/host/save-export.ts';

interface ExportRequest {
  readonly job: number;
  readonly filter: RejectFilter;
  /** What the file is called unless the user says otherwise. */
  readonly name: string;
}

/** Into a file that the user names, or into the browser's downloads; null when the user thought better of it. */
export function exportRejects({ job, filter, name }: ExportRequest): Promise<Exported | null> {
  return saveExport(name, (path) => client.rejects.export({ job, filter, ...(path !== undefined && { path }) }));
}
