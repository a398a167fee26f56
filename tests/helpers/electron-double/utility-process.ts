import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';

/** Inside a doubled utility process: the worker finds `process.parentPort`, and nothing of Node's own channel. */
const channel = process.send?.bind(process);
const parentPort = new EventEmitter();
const waiting: unknown[] = [];

function hear(message: unknown): void {
  if (parentPort.listenerCount('message') === 0) waiting.push(message);
  else parentPort.emit('message', { data: message, ports: [] });
}

process.on('message', hear);
process.on('disconnect', () => process.exit(0));
parentPort.on('newListener', (event) => {
  if (event === 'message') setImmediate(() => waiting.splice(0).forEach(hear));
});
Object.assign(parentPort, { postMessage: (message: unknown) => channel?.(message) });
Object.defineProperty(process, 'parentPort', { value: parentPort });
Object.defineProperty(process, 'send', { value: undefined });

await import(pathToFileURL(process.argv[2] ?? '').href);
