import { inputItems, walkEntries } from '#renderer/host/uploads-walk.ts';
import { i18n } from '#renderer/i18n/i18n.ts';
import { chooseSource } from '../wizard-store.ts';
import { type Dropped, readDrop } from './drop-reader.ts';
import { say } from './say.ts';
import { isUploading, startUpload } from './upload-store.ts';

/** Makes what was dropped the source: at once on the desktop, by sending it up from a browser. */
export function takeDrop(transfer: DataTransfer): void {
  take(readDrop(transfer));
}

/** Sends up what a file dialog of the browser gave. */
export function takeFiles(files: readonly File[]): void {
  if (files.length > 0) send(async () => inputItems(files));
}

function take(dropped: Dropped): void {
  switch (dropped.kind) {
    case 'paths':
      chooseSource(dropped.paths);
      break;
    case 'entries':
      send((signal, onFound) => walkEntries(dropped.entries, signal, onFound));
      break;
    case 'nothing':
      say(i18n.t('load.drop.nothing'));
      break;
    case 'no_files':
      say(i18n.t('load.drop.noFiles'));
      break;
    default:
      dropped satisfies never;
  }
}

function send(collect: Parameters<typeof startUpload>[0]): void {
  if (isUploading()) say(i18n.t('load.upload.busy'));
  else void startUpload(collect);
}
