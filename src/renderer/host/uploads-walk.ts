/** A file to send up, with its path below what was dropped. */
export interface UploadItem {
  readonly path: string;
  readonly file: File;
}

/** What a browser gives for a dropped file or folder. */
interface DroppedEntry {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  /** From what was dropped on, as `/commune/xml/1.xml`. */
  readonly fullPath: string;
}

interface DroppedFile extends DroppedEntry {
  file(resolve: (file: File) => void, reject: (error: Error) => void): void;
}

interface FolderReader {
  readEntries(resolve: (entries: DroppedEntry[]) => void, reject: (error: Error) => void): void;
}

interface DroppedFolder extends DroppedEntry {
  createReader(): FolderReader;
}

type ChosenFile = File & { readonly webkitRelativePath?: string };

/**
 * Every file below what was dropped, folders walked to their ends; empty folders bring nothing.
 * @param entries must have been asked for while the drop was being handled: afterwards the browser forgets them.
 */
export async function walkEntries(
  entries: readonly DroppedEntry[],
  signal: AbortSignal,
  onFound: (files: number) => void,
): Promise<readonly UploadItem[]> {
  const items: UploadItem[] = [];
  const waiting = [...entries];
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    signal.throwIfAborted();
    if (isFile(entry)) items.push({ path: plainPath(entry), file: await fileOf(entry) });
    else if (isFolder(entry)) waiting.push(...(await childrenOf(entry)));
    onFound(items.length);
  }
  return items;
}

/** The files of an `<input type="file">`, of a whole folder or not. */
export function inputItems(files: readonly ChosenFile[]): readonly UploadItem[] {
  return files.map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

function isFile(entry: DroppedEntry): entry is DroppedFile {
  return entry.isFile;
}

function isFolder(entry: DroppedEntry): entry is DroppedFolder {
  return entry.isDirectory;
}

function plainPath({ fullPath }: DroppedEntry): string {
  return fullPath.replace(/^\/+/, '');
}

function fileOf(entry: DroppedFile): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader gives its entries in portions (Chromium: a hundred), and an empty one at the end. */
async function childrenOf(folder: DroppedFolder): Promise<readonly DroppedEntry[]> {
  const reader = folder.createReader();
  const all: DroppedEntry[] = [];
  for (;;) {
    const portion = await new Promise<DroppedEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}
