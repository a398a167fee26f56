import type { NoticeText } from './notice-text.ts';

/** Of this browser alone: its permission is too. */
const KEY = 'loadstone:system-notices';

/** `unsupported`: the desktop's own program shows them, or the browser knows none. */
export type SystemNotices = 'on' | 'off' | 'denied' | 'unsupported';

export function systemNotices(): SystemNotices {
  if (window.loadstone !== undefined || !('Notification' in window)) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  return Notification.permission === 'granted' && localStorage.getItem(KEY) === 'on' ? 'on' : 'off';
}

/** Asks for the permission where there is none yet, which a browser allows only while somebody presses something. */
export async function turnOnSystemNotices(): Promise<SystemNotices> {
  if (systemNotices() === 'unsupported') return 'unsupported';
  if ((await Notification.requestPermission()) === 'granted') localStorage.setItem(KEY, 'on');
  return systemNotices();
}

export function turnOffSystemNotices(): SystemNotices {
  localStorage.removeItem(KEY);
  return systemNotices();
}

/**
 * Shows a notice of the system, if it may.
 * @param id the same one takes the place of the one that another page has shown, without a sound
 */
export function showSystemNotice(id: string, { title, text }: NoticeText, onClick: () => void): void {
  if (systemNotices() !== 'on') return;
  try {
    const notice = new Notification(title, { body: text, tag: id });
    notice.onclick = () => {
      notice.close();
      window.focus();
      onClick();
    };
  } catch {
    // Some browsers have the name and no way to use it.
  }
}
