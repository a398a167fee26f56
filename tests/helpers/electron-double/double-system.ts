import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { record, settings } from './record.ts';
import { strict } from './strict.ts';

type ProtocolHandler = (request: Request) => Response | Promise<Response>;
const protocols = new Map<string, ProtocolHandler>();

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => {
    if (record.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    record.privileges.push(...schemes);
  },
  handle: (scheme: string, handler: ProtocolHandler) => {
    if (!record.ready) throw new Error('protocol cannot be used before app is ready');
    protocols.set(scheme, handler);
  },
} satisfies Partial<Record<keyof Electron.Protocol, unknown>>);

/** What Chromium gets for an address. */
export async function requestOf(url: string, method: string) {
  const handler = protocols.get(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) throw new Error(`nothing serves ${url}`);
  // A request of Electron keeps a custom scheme's address as it stands; Node's is stricter about it.
  const response = await handler({ url, method } as Request);
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}

const handlers: { request?: RequestHandler; check?: CheckHandler; device?: () => boolean } = {};
type RequestHandler = (contents: unknown, permission: string, decide: (granted: boolean) => void) => void;
type CheckHandler = (contents: unknown, permission: string) => boolean;

export const session = strict('session', {
  defaultSession: strict('session.defaultSession', {
    setPermissionRequestHandler: (handler: RequestHandler) => void Object.assign(handlers, { request: handler }),
    setPermissionCheckHandler: (handler: CheckHandler) => void Object.assign(handlers, { check: handler }),
    setDevicePermissionHandler: (handler: () => boolean) => void Object.assign(handlers, { device: handler }),
    setDisplayMediaRequestHandler: (_handler: unknown) => {},
  } satisfies Partial<Record<keyof Electron.Session, unknown>>),
} satisfies Partial<Record<keyof typeof Electron.session, unknown>>);

/** Whether a page gets a permission: asked, and looked up without asking. */
export function permissionOf(
  contents: unknown,
  permission: string,
): { asked: boolean; checked: boolean; device: boolean } {
  let asked = true;
  handlers.request?.(contents, permission, (granted) => {
    asked = granted;
  });
  return { asked, checked: handlers.check?.(contents, permission) ?? true, device: handlers.device?.() ?? true };
}

interface OpenDialog {
  readonly kind: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly answer: (value: unknown) => void;
}
/** Dialogs that wait for a person. */
export const dialogs: OpenDialog[] = [];

function ask<Answer>(kind: string, none: Answer) {
  return (...args: readonly unknown[]): Promise<Answer> =>
    new Promise((resolve) => {
      const { signal, ...options } = args.at(-1) as Record<string, unknown> & { signal?: AbortSignal };
      const end = (value: unknown): void => {
        const at = dialogs.indexOf(open);
        if (at >= 0) dialogs.splice(at, 1);
        resolve(value as Answer);
      };
      const open: OpenDialog = { kind, options, answer: end };
      dialogs.push(open);
      signal?.addEventListener('abort', () => end(none));
    });
}

export const dialog = strict('dialog', {
  showMessageBox: ask('message', { response: 1, checkboxChecked: false }),
  showOpenDialog: ask('open', { canceled: true, filePaths: [] as string[] }),
  showSaveDialog: ask('save', { canceled: true, filePath: '' }),
  showErrorBox: (title: string, content: string) => {
    record.errorBoxes.push({ title, content });
    process.stderr.write(`[error box] ${title}: ${content}\n`);
  },
} satisfies Partial<Electron.Dialog>);

export const shell = strict('shell', {
  openExternal: async (url: string) => void record.openedOutside.push(url),
  openPath: async (path: string) => {
    record.revealed.push(path);
    return '';
  },
  showItemInFolder: (path: string) => void record.revealed.push(path),
} satisfies Partial<Electron.Shell>);

let blockers = 0;
export const powerSaveBlocker = strict('powerSaveBlocker', {
  start: (type: string) => {
    if (type !== 'prevent-app-suspension') throw new Error(`unexpected ${type}`);
    record.blockers.push(++blockers);
    return blockers;
  },
  stop: (id: number) => {
    record.blockers = record.blockers.filter((other) => other !== id);
    return true;
  },
} satisfies Partial<Electron.PowerSaveBlocker>);

export const powerMonitor = strict('powerMonitor', new EventEmitter());
export const nativeTheme = { themeSource: 'system' } satisfies Partial<Electron.NativeTheme>;

export const screen = strict('screen', {
  getAllDisplays: () => settings.workAreas.map((workArea) => ({ workArea }) as Electron.Display),
} satisfies Partial<Electron.Screen>);

export const safeStorage = strict('safeStorage', {
  getSelectedStorageBackend: () => settings.keychain,
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text: string) => Buffer.from(`v10${Buffer.from(text).toString('hex')}`),
  decryptStringAsync: async (sealed: Buffer) => {
    const text = sealed.toString();
    if (!text.startsWith('v10')) throw new Error('Error while decrypting the ciphertext');
    return { result: Buffer.from(text.slice(3), 'hex').toString(), shouldReEncrypt: false };
  },
} satisfies Partial<Electron.SafeStorage>);

let menu: Electron.MenuItemConstructorOptions[] = [];
export const Menu = {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (built: Electron.MenuItemConstructorOptions[]) => {
    menu = built;
  },
};
/** The item that these labels lead to. */
export function menuItem(labels: readonly string[]): Electron.MenuItemConstructorOptions {
  let items = menu;
  let found: Electron.MenuItemConstructorOptions | undefined;
  for (const label of labels) {
    found = items.find((item) => item.label === label);
    if (found === undefined) throw new Error(`no ${label} among ${items.map((item) => item.label).join(', ')}`);
    items = Array.isArray(found.submenu) ? found.submenu : [];
  }
  if (found === undefined) throw new Error('no label given');
  return found;
}
export function menuLabels(): readonly string[] {
  const labelsOf = (items: readonly Electron.MenuItemConstructorOptions[]): string[] =>
    items.flatMap(({ label, accelerator, submenu }) => [
      ...(label === undefined ? [] : [accelerator === undefined ? label : `${label} [${accelerator}]`]),
      ...(Array.isArray(submenu) ? labelsOf(submenu) : []),
    ]);
  return labelsOf(menu);
}

/** Notices that stand on the screen, to be pressed. */
export const notices: Notification[] = [];

export class Notification extends EventEmitter {
  static isSupported = (): boolean => true;
  readonly #body: string;
  constructor(options: Electron.NotificationConstructorOptions) {
    super();
    this.#body = options.body ?? '';
  }
  show(): void {
    record.notices.push(this.#body);
    notices.push(this);
  }
}
