import { contextBridge } from 'electron';

contextBridge.exposeInMainWorld('loadstone', Object.freeze({ host: 'desktop' }));
