import type { Mapping } from '#contract/mapping';
import { client } from '#renderer/host/client.ts';

/** Hands the mapping out as a file, for the command line and for other people. @returns where it is; null: nowhere */
export async function saveMappingFile(mapping: Mapping): Promise<string | null> {
  const name = `${mapping.name.replaceAll(/[/\\:*?"<>|]/g, '_')}.json`;
  if (window.loadstone === undefined) {
    download(mapping, name);
    return null;
  }
  const path = await client.shell.save({ name });
  if (path !== null) await client.mappings.write({ path, mapping });
  return path;
}

function download(mapping: Mapping, name: string): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(mapping, null, 2)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Once the download has begun.
  setTimeout(() => URL.revokeObjectURL(url));
}
