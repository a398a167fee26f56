import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { HttpFailure } from './http-failure.ts';
import { newSecret } from './session.ts';

const OFFERED_MS = 10 * 60_000;

interface Offer {
  readonly file: string;
  readonly name: string;
  readonly expiry: NodeJS.Timeout;
}

/** Files made for one page: *offered* → fetched once, or expired → removed. */
export class Downloads {
  readonly #offers = new Map<string, Offer>();
  readonly #offeredMs: number;

  constructor(offeredMs = OFFERED_MS) {
    this.#offeredMs = offeredMs;
  }

  /** @returns the path to fetch the file from */
  offer(file: string, name: string): string {
    const id = newSecret();
    const expiry = setTimeout(() => void this.#withdraw(id), this.#offeredMs).unref();
    this.#offers.set(id, { file, name, expiry });
    return `/download/${id}`;
  }

  addRoutes(server: FastifyInstance): void {
    server.get<{ Params: { id: string } }>('/download/:id', async ({ params: { id } }, reply) => {
      const offer = this.#take(id);
      if (offer === undefined) throw gone();
      reply.raw.once('close', () => void rm(offer.file, { force: true }));
      const { size } = await stat(offer.file).catch(() => Promise.reject(gone()));
      return reply
        .headers({ 'content-disposition': attachment(offer.name), 'content-length': size })
        .type('application/octet-stream')
        .send(createReadStream(offer.file));
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#offers.keys()].map((id) => this.#withdraw(id)));
  }

  #take(id: string): Offer | undefined {
    const offer = this.#offers.get(id);
    this.#offers.delete(id);
    clearTimeout(offer?.expiry);
    return offer;
  }

  async #withdraw(id: string): Promise<void> {
    const offer = this.#take(id);
    if (offer !== undefined) await rm(offer.file, { force: true });
  }
}

function gone(): HttpFailure {
  return new HttpFailure(404, {
    code: 'PATH_NOT_FOUND',
    message: 'This file is not here any more: a download can be fetched once, within ten minutes.',
    remedy: 'Export again.',
  });
}

/** RFC 6266: the name as it is, and a plain one for what cannot read that. */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
