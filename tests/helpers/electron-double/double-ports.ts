import { EventEmitter } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import type Electron from 'electron';
import { strict } from './strict.ts';

/** A real port of another thread with the manners of Electron's: silent until started, only ports transfer. */
export function messagePortMain(port: MessagePort): MessagePortMainDouble {
  return strict('MessagePortMain', new MessagePortMainDouble(port));
}

class MessagePortMainDouble extends EventEmitter {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('close', () => this.emit('close'));
  }

  start(): void {
    this.#port.on('message', (data) => this.emit('message', { data, ports: [] }));
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.some((item) => !(item instanceof MessagePortMainDouble))) {
      throw new TypeError('Port at index 0 is not a valid port');
    }
    this.#port.postMessage(message);
  }

  close(): void {
    this.#port.close();
  }
}
MessagePortMainDouble satisfies new (
  port: MessagePort,
) => Pick<Electron.MessagePortMain, 'start' | 'postMessage' | 'close'>;
