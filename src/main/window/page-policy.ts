import { app, type Session, shell, type WebFrameMain } from 'electron';
import type { Log } from '#host/log';
import { APP_ORIGIN } from './app-protocol.ts';

/** Hosts whose https pages the window's links may open in the user's browser. */
const LINKED_HOSTS = ['www.postgresql.org'];

/** Whether a message comes from our page itself: its main frame, under our origin. */
export function isOurPage(frame: WebFrameMain | null): boolean {
  return (
    frame !== null && !frame.isDestroyed() && frame.parent === null && frame.origin === APP_ORIGIN && isOurs(frame.url)
  );
}

/**
 * Pages may ask the system for nothing but to write text to the clipboard, which copying a command needs.
 */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, decide) => {
    decide(permission === 'clipboard-sanitized-write' && isOurPage(contents.mainFrame));
  });
  session.setPermissionCheckHandler((contents, permission) => {
    return permission === 'clipboard-sanitized-write' && contents !== null && isOurPage(contents.mainFrame);
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, decide) => decide(null));
}

/** Keeps every page where it is: no other page, no new window, no webview, in any contents that are ever made. */
export function confinePages(log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => {
      if (event.isMainFrame && isOurs(event.url)) return;
      event.preventDefault();
      log.warn({ url: event.url }, 'navigation refused');
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(url, log);
      return { action: 'deny' };
    });
  });
}

function isOurs(address: string): boolean {
  return address === APP_ORIGIN || address.startsWith(`${APP_ORIGIN}/`);
}

function openOutside(address: string, log: Log): void {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || !LINKED_HOSTS.includes(url.host) || url.username !== '') {
    log.warn({ url: address }, 'link refused');
    return;
  }
  shell.openExternal(url.href).catch((err) => log.warn({ err }, 'the browser did not open'));
}
