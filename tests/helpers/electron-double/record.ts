/** How the double behaves: what the machine around the application is like. */
export interface DoubleSettings {
  readonly locale: string;
  readonly packaged: boolean;
  readonly keychain: 'gnome_libsecret' | 'basic_text';
  readonly workAreas: readonly { x: number; y: number; width: number; height: number }[];
}

const DEFAULT_SETTINGS: DoubleSettings = {
  locale: 'en-US',
  packaged: false,
  keychain: 'gnome_libsecret',
  workAreas: [{ x: 0, y: 0, width: 1920, height: 1050 }],
};

export const settings: DoubleSettings = {
  ...DEFAULT_SETTINGS,
  ...JSON.parse(process.env.ELECTRON_DOUBLE ?? '{}'),
};

/** What the application asked of the system outside its windows. */
export const record = {
  ready: false,
  sandboxed: false,
  privileges: [] as unknown[],
  removedSwitches: [] as string[],
  recentDocuments: [] as string[],
  openedOutside: [] as string[],
  revealed: [] as string[],
  blockers: [] as number[],
  notices: [] as string[],
  errorBoxes: [] as { title: string; content: string }[],
  workers: [] as { name: string; execArgv: readonly string[]; env: Readonly<Record<string, string>>; pid?: number }[],
  quits: [] as string[],
};
