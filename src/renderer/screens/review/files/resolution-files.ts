import { LoadstoneError } from '#contract/errors';
import type { Resolutions } from '#contract/resolutions';
import { client } from '#renderer/host/client.ts';

interface SaveRequest {
  readonly resolutions: Resolutions;
  readonly name: string;
}

/** Hands the choices out as a file. @returns where it is; null: in the downloads, or nowhere */
export async function saveResolutions({ resolutions, name }: SaveRequest): Promise<string | null> {
  if (window.loadstone === undefined) {
    download(resolutions, name);
    return null;
  }
  const path = await client.shell.save({ name });
  if (path !== null) await client.reviews.write({ path, resolutions });
  return path;
}

function download(resolutions: Resolutions, name: string): void {
  const text = `${JSON.stringify(resolutions, null, 2)}\n`;
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Once the download has begun.
  setTimeout(() => URL.revokeObjectURL(url));
}

/** No choices written by people come near; a data file chosen by mistake does. */
const MOST_BYTES = 20_000_000;

/** The choices that a file holds; what does not fit this load is told by the host when they are saved. @throws RESOLUTIONS_INVALID */
export async function readResolutionsFile(file: File): Promise<Resolutions> {
  if (file.size > MOST_BYTES) {
    throw new LoadstoneError({
      code: 'RESOLUTIONS_INVALID',
      message: `${file.name} has more than ${MOST_BYTES / 1_000_000} MB: it holds no choices.`,
      remedy: 'Choose the JSON file that choices were saved into.',
    });
  }
  // Hardly anybody needs it.
  const { readResolutions } = await import('#contract/read-resolutions');
  return readResolutions(await file.text(), file.name);
}
