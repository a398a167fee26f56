import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import {
  type ElectronProcess,
  openFirstWindow,
  type StartOptions,
  startElectron,
} from '#tests/helpers/electron-double/start-electron';
import { removeEmbedded } from '#tests/helpers/embedded-home';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

/** A home of this test, removed at its end with the server that may run in it. */
export function temporaryHome(): string {
  const home = temporaryFolder('loadstone-desktop-');
  onTestFinished(async () => {
    await removeEmbedded(home.path);
    home.remove();
  });
  return home.path;
}

/** Starts the desktop application and ends it with the test, however that ends. */
export async function startDesktop(options: StartOptions): Promise<ElectronProcess> {
  const electron = await startElectron(options);
  onTestFinished(() => electron.kill());
  return electron;
}

/** The desktop application with its first window connected. */
export async function openDesktop(options: Partial<StartOptions> = {}): Promise<ElectronProcess> {
  const electron = await startDesktop({ home: options.home ?? temporaryHome(), ...options });
  await openFirstWindow(electron);
  return electron;
}

/** Asks again until the answer passes, and fails with the last one after half a minute. */
export async function until<Value>(
  ask: () => Promise<Value>,
  passes: (value: Value) => boolean,
  withinMs = 30_000,
): Promise<Value> {
  const end = Date.now() + withinMs;
  for (;;) {
    const value = await ask();
    if (passes(value)) return value;
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(value)}`);
    await pause(50);
  }
}
