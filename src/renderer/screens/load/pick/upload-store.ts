import { create } from 'zustand';
import { isAbort } from '#renderer/host/failure.ts';
import { type UploadProgress, upload } from '#renderer/host/uploads.ts';
import type { UploadItem } from '#renderer/host/uploads-walk.ts';
import { joinPath } from '../paths.ts';
import { chooseSource, useWizard } from '../wizard-store.ts';
import { isWorthUploading, topNames } from './worth-uploading.ts';

type UploadState =
  | { readonly state: 'idle' }
  | { readonly state: 'reading'; readonly found: number }
  | { readonly state: 'sending'; readonly done: UploadProgress; readonly total: UploadProgress }
  | { readonly state: 'failed'; readonly error: unknown }
  /** Nothing that could be data was among it. */
  | { readonly state: 'empty'; readonly leftOut: number };

interface Uploads {
  readonly upload: UploadState;
  /** Files that were not sent with what is chosen now, since they cannot be data. */
  readonly leftOut: number;
}

type Collect = (signal: AbortSignal, onFound: (files: number) => void) => Promise<readonly UploadItem[]>;

/** The page redraws no oftener. */
const TELL_EVERY_MS = 100;

/** The one upload of this window. It goes on while other screens are shown. */
export const useUploads = create<Uploads>()(() => ({ upload: { state: 'idle' }, leftOut: 0 }));

let running: AbortController | null = null;

export function isUploading(): boolean {
  return running !== null;
}

export function cancelUpload(): void {
  running?.abort();
}

export function forgetUpload(): void {
  useUploads.setState({ upload: { state: 'idle' } });
}

// What is said of the last drop is old news once something else was chosen, or the user went on.
useWizard.subscribe((now, before) => {
  const { upload } = useUploads.getState();
  const isOver = upload.state === 'empty' || upload.state === 'failed';
  if (isOver && (now.paths !== before.paths || now.step !== before.step)) forgetUpload();
});

/** Sends files up and makes them the source; the caller has seen that no other upload runs. */
export async function startUpload(collect: Collect): Promise<void> {
  const abort = new AbortController();
  running = abort;
  window.addEventListener('beforeunload', warn);
  try {
    await run(collect, abort.signal);
  } catch (error) {
    tell(isAbort(error) ? { state: 'idle' } : { state: 'failed', error });
  } finally {
    running = null;
    window.removeEventListener('beforeunload', warn);
  }
}

async function run(collect: Collect, signal: AbortSignal): Promise<void> {
  tell({ state: 'reading', found: 0 });
  const spare = sparingly();
  const all = await collect(signal, (found) => spare(() => tell({ state: 'reading', found })));
  const unique = [...new Map(all.map((item) => [item.path, item])).values()];
  const items = unique.filter(({ path }) => isWorthUploading(path));
  const leftOut = unique.length - items.length;
  if (items.length === 0) return tell({ state: 'empty', leftOut });
  const total = { files: items.length, bytes: items.reduce((sum, { file }) => sum + file.size, 0) };
  tell({ state: 'sending', done: { files: 0, bytes: 0 }, total });
  const onProgress = (done: UploadProgress) => spare(() => tell({ state: 'sending', done, total }));
  const place = await upload(items, { signal, onProgress });
  const names = topNames(items.map(({ path }) => path));
  useUploads.setState({ upload: { state: 'idle' }, leftOut });
  chooseSource(names.length === 1 ? [place] : names.map((name) => joinPath(place, name)));
}

function tell(upload: UploadState): void {
  useUploads.setState({ upload });
}

function sparingly(): (act: () => void) => void {
  let last = 0;
  return (act) => {
    const now = performance.now();
    if (now - last < TELL_EVERY_MS) return;
    last = now;
    act();
  };
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
