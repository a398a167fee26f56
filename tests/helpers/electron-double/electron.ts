/** What `import … from 'electron'` gives the built main process: these names and no others. */
export { app } from './double-app.ts';
export {
  dialog,
  Menu,
  Notification,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} from './double-system.ts';
export { utilityProcess } from './double-utility-process.ts';
export { BrowserWindow, ipcMain } from './double-windows.ts';
