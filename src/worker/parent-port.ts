import { GENERATION_VARIABLE, type HostToWorker, type WorkerToHost } from '#contract/worker-messages';

/** What a worker may say; the port stamps its generation on it. */
type WorkerWords = WorkerToHost extends infer Frame
  ? Frame extends unknown
    ? Omit<Frame, 'generation'>
    : never
  : never;

/** The line to the host: the same for a child process of Node and a utility process of Electron. */
export interface ParentPort {
  send(words: WorkerWords): void;
  onMessage(listener: (message: HostToWorker) => void): void;
  /** The host is gone: nobody will ever read what this process does. */
  onGone(listener: () => void): void;
  /** Ends the line, so that the process can end. */
  close(): void;
}

/** Electron's utility processes talk through `process.parentPort`, which Node's types do not know. */
interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: HostToWorker }) => void): void;
}

export function openParentPort(): ParentPort {
  const generation = Number(process.env[GENERATION_VARIABLE] ?? 0);
  const electron: unknown = Reflect.get(process, 'parentPort');
  return electron === undefined || electron === null
    ? nodePort(generation)
    : electronPort(generation, electron as ElectronPort);
}

function nodePort(generation: number): ParentPort {
  return {
    send: (words) => {
      if (process.connected) process.send?.({ ...words, generation });
    },
    onMessage: (listener) => void process.on('message', listener),
    onGone: (listener) => void process.on('disconnect', listener),
    close: () => {
      if (process.connected) process.disconnect();
    },
  };
}

function electronPort(generation: number, port: ElectronPort): ParentPort {
  return {
    send: (words) => port.postMessage({ ...words, generation }),
    onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
    // Electron ends its utility processes itself.
    onGone: () => undefined,
    close: () => process.exit(0),
  };
}
