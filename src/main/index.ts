import { startDesktop } from './desktop.ts';

startDesktop();
