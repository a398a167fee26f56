import { z } from 'zod';
import { type Resolutions, resolutionsSchema } from '#contract/resolutions';
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

/** The choices that a file holds; what does not fit this load is told by the host when they are saved. @throws Error */
export async function readResolutions(file: File): Promise<Resolutions> {
  const parsed = resolutionsSchema.safeParse(JSON.parse(await file.text()));
  if (parsed.success) return parsed.data;
  throw new Error(z.prettifyError(parsed.error));
}
