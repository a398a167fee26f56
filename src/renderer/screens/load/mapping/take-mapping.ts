import { create } from 'zustand';
import { client } from '#renderer/host/client.ts';
import { baseName } from '../paths.ts';
import { chooseMapping } from '../wizard-store.ts';

interface MappingReading {
  readonly isReading: boolean;
  /** Why the last file could not be taken. */
  readonly error: unknown;
}

export const useMappingReading = create<MappingReading>()(() => ({ isReading: false, error: null }));

/** Lets the user choose a mapping file in the desktop's dialog. */
export async function askForMapping(): Promise<void> {
  await reading(async () => {
    const [path] = (await client.shell.choose({ what: 'mapping' })) ?? [];
    if (path === undefined) return;
    const original = await client.mappings.read({ path });
    chooseMapping({ kind: 'file', label: baseName(path), original });
  });
}

/** Takes a mapping file that was dropped on the page or chosen in the browser. */
export async function takeMappingFile(file: File): Promise<void> {
  await reading(async () => {
    const original = await client.mappings.read({ name: file.name, text: await file.text() });
    chooseMapping({ kind: 'file', label: file.name, original });
  });
}

export function forgetMappingError(): void {
  useMappingReading.setState({ error: null });
}

async function reading(read: () => Promise<void>): Promise<void> {
  useMappingReading.setState({ isReading: true, error: null });
  try {
    await read();
  } catch (error) {
    useMappingReading.setState({ error });
  } finally {
    useMappingReading.setState({ isReading: false });
  }
}
