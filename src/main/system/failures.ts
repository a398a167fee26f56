import { join } from 'node:path';
import { app, dialog } from 'electron';
import { toErrorFacts } from '#contract/errors';
import type { Log } from '#host/log';
import type { Speech } from './language.ts';

/** Logs what nobody caught, and says so once: a second box would only stand before the first one's cause. */
export function tellOfDefects(options: { readonly log: Log; readonly speech: Speech; readonly home: string }): void {
  const { log, speech, home } = options;
  let told = false;
  const tell = (err: unknown, origin: string): void => {
    log.fatal({ err, origin }, 'unexpected failure');
    if (told) return;
    told = true;
    const { defect, defectDetail } = speech.words;
    void dialog.showMessageBox({
      type: 'error',
      message: defect,
      detail: `${err instanceof Error ? err.message : String(err)}\n\n${defectDetail(join(home, 'logs'))}`,
    });
  };
  process.on('uncaughtException', tell);
  process.on('unhandledRejection', (reason) => tell(reason, 'unhandledRejection'));
}

/** Ends a start that failed: says what happened and what to do, and exits with 1. */
export function refuseToStart(error: unknown, speech: Speech): void {
  const { message, remedy } = toErrorFacts(error);
  dialog.showErrorBox(speech.words.cannotStart, `${message}\n\n${remedy}`);
  app.exit(1);
}
