import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { ConnectMessage, DesktopBridge } from '#contract/api/desktop-bridge';

const CONNECT: ConnectMessage = 'loadstone:connect';

const bridge: DesktopBridge = Object.freeze({
  pathForFile: (file: File) => webUtils.getPathForFile(file),
});

contextBridge.exposeInMainWorld('loadstone', bridge);

// Only a page can make a port and keep its other end, and only a preload script can pass one on to the main process.
window.addEventListener('message', (event) => {
  if (event.source !== window || event.data !== CONNECT || event.ports.length !== 1) return;
  ipcRenderer.postMessage(CONNECT, null, [...event.ports]);
});
