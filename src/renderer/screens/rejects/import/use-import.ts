import { useMutation } from '@tanstack/react-query';
import type { ImportedCorrections } from '#contract/api/reject-corrections';
import { client } from '#renderer/host/client.ts';
import { upload } from '#renderer/host/uploads.ts';
import { useRejectsChanged } from '../use-corrections.ts';

export interface Importing {
  /** Of the last file; null: the user thought better of it. */
  readonly result: ImportedCorrections | null | undefined;
  readonly error: unknown;
  readonly isBusy: boolean;
  /** null: to be asked for in the desktop's dialog. */
  readonly run: (file: File | null) => void;
  readonly forget: () => void;
}

/** Takes corrections from an exported CSV whose values were changed. */
export function useImport(job: number): Importing {
  const changed = useRejectsChanged();
  const { data, error, isPending, mutate, reset } = useMutation({
    networkMode: 'always',
    mutationFn: async (file: File | null) => {
      const path = file === null ? await askForFile() : await sendUp(file);
      if (path === null) return null;
      try {
        return await client.rejects.importCorrections({ job, path });
      } finally {
        if (file !== null) takeAway(path);
      }
    },
    onSuccess: () => void changed(),
  });
  return { result: data, error, isBusy: isPending, run: mutate, forget: reset };
}

async function askForFile(): Promise<string | null> {
  return (await client.shell.choose({ what: 'files' }))?.[0] ?? null;
}

/** Nobody needs again what was sent up. */
function takeAway(path: string): void {
  const [, id] = /[\\/]inbox[\\/]([0-9a-f-]{36})/i.exec(path) ?? [];
  if (id !== undefined) void fetch(`/inbox/${id}`, { method: 'DELETE' }).catch(() => undefined);
}

async function sendUp(file: File): Promise<string> {
  const options = { signal: new AbortController().signal, onProgress: () => undefined };
  return await upload([{ path: file.name, file }], options);
}
