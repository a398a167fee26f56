import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';

/** The Electron shell: one sandboxed window over the renderer's build. */
async function openWindow(): Promise<void> {
  await app.whenReady();
  const window = new BrowserWindow({
    width: 1200,
    height: 800,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
    },
  });
  await window.loadFile(join(import.meta.dirname, '../renderer/index.html'));
}

app.on('window-all-closed', () => app.quit());
await openWindow();
