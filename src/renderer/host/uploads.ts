import { type ErrorFacts, errorFromFacts, LoadstoneError } from '#contract/errors';
import type { UploadItem } from './uploads-walk.ts';

export interface UploadProgress {
  readonly files: number;
  readonly bytes: number;
}

interface UploadOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: UploadProgress) => void;
}

const PARALLEL = 4;
const MOST_TRIES = 3;
const FIRST_PAUSE_MS = 500;

/**
 * Sends files up into an inbox of the web host. When it fails or is given up, the inbox is taken away again.
 * @returns where the host put what was sent: the one folder or file, or the folder that holds the several.
 * @throws LoadstoneError UPLOAD_FAILED, DISK_FULL, HOST_LOST; AbortError
 */
export async function upload(items: readonly UploadItem[], { signal, onProgress }: UploadOptions): Promise<string> {
  const total = { files: items.length, bytes: items.reduce((sum, { file }) => sum + file.size, 0) };
  const { id } = await ask<{ id: string }>('POST', '/inbox', total, signal);
  try {
    await sendAll(id, items, { signal, onProgress });
    return (await retrying(signal, () => ask<{ path: string }>('POST', `/inbox/${id}/finish`, total, signal))).path;
  } catch (error) {
    void fetch(`/inbox/${id}`, { method: 'DELETE' }).catch(() => undefined);
    throw error;
  }
}

async function sendAll(id: string, items: readonly UploadItem[], { signal, onProgress }: UploadOptions): Promise<void> {
  const waiting = items.values();
  const done = { files: 0, bytes: 0 };
  // The first failure stops the files that are on their way too.
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const lane = async () => {
    for (const item of waiting) {
      await retrying(either, () =>
        send(id, item, either, (bytes) => {
          done.bytes += bytes;
          onProgress({ ...done });
        }),
      );
      done.files += 1;
      onProgress({ ...done });
    }
  };
  const lanes = Array.from({ length: PARALLEL }, () => lane().catch((error) => fail(failed, error)));
  await Promise.all(lanes);
}

function fail(failed: AbortController, error: unknown): never {
  failed.abort();
  throw error;
}

/** XMLHttpRequest tells how far a body has gone, which fetch does not. */
function send(id: string, item: UploadItem, signal: AbortSignal, onBytes: (more: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let counted = 0;
    const count = (bytes: number) => {
      onBytes(bytes - counted);
      counted = bytes;
    };
    const stop = () => request.abort();
    const end = (settle: () => void) => {
      signal.removeEventListener('abort', stop);
      settle();
    };
    const refuse = (error: unknown) => {
      count(0);
      end(() => reject(error));
    };
    request.open('PUT', `/inbox/${id}/files?path=${encodeURIComponent(item.path)}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded }) => count(loaded);
    request.onload = () => {
      if (request.status >= 300) return refuse(failureOf(request.status, request.responseText));
      count(item.file.size);
      end(resolve);
    };
    request.onerror = () => refuse(notSent(item.path));
    request.onabort = () => refuse(new DOMException('Given up', 'AbortError'));
    signal.addEventListener('abort', stop);
    request.send(item.file);
  });
}

async function ask<Answer>(method: string, address: string, body: unknown, signal: AbortSignal): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(address, { method, headers, body: JSON.stringify(body), signal });
  if (!response.ok) throw failureOf(response.status, await response.text());
  return (await response.json()) as Answer;
}

/** Tries again what may pass by itself, with growing pauses. */
async function retrying<Result>(signal: AbortSignal, attempt: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      signal.throwIfAborted();
      return await attempt();
    } catch (error) {
      const mayPass = error instanceof LoadstoneError ? error.retryable : error instanceof TypeError;
      if (!mayPass || tries >= MOST_TRIES || signal.aborted) throw error;
      await pause(FIRST_PAUSE_MS * 2 ** (tries - 1), signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise.finally(() => clearTimeout(timer));
}

function failureOf(status: number, text: string): LoadstoneError {
  const facts = readFacts(text);
  if (facts !== null) return errorFromFacts(facts);
  return new LoadstoneError({
    code: 'UPLOAD_FAILED',
    message: `The host refused the upload with status ${status}. Nothing was loaded.`,
    remedy: 'Drop the folder again.',
    retryable: status >= 500,
  });
}

function readFacts(text: string): ErrorFacts | null {
  try {
    const facts: unknown = JSON.parse(text);
    const isFacts = typeof facts === 'object' && facts !== null && 'code' in facts && 'remedy' in facts;
    return isFacts ? (facts as ErrorFacts) : null;
  } catch {
    return null;
  }
}

/** The browser does not say which of the two it was. */
function notSent(path: string): LoadstoneError {
  return new LoadstoneError({
    code: 'UPLOAD_FAILED',
    message: `${path} could not be sent: it has been moved or changed since it was dropped, or Loadstone does not answer. Nothing was loaded.`,
    remedy: 'Check that the file is still there and that Loadstone runs, then drop the folder again.',
    retryable: true,
  });
}
