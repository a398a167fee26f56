import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HttpFailure } from '../http-failure.ts';
import type { Inboxes } from './inboxes.ts';
import { lengthMissing, stillLoading } from './upload-failures.ts';

const amountSchema = z.object({ files: z.number().int().min(0), bytes: z.number().int().min(0) });
const LARGEST_NOTE_BYTES = 1_024;
/** A refused file of this size is read to its end, so that the page hears why; a larger one is cut off. */
const MOST_READ_IN_VAIN = 64 * 1024 * 1024;

type ById = { readonly Params: { readonly id: string } };

/**
 * How a folder dropped on the page comes up: `POST /inbox`, a `PUT` for each file, `POST …/finish`. A refusal is an
 * ErrorFacts document.
 * @param needs whether a job still needs the files at this place
 */
export function addInboxRoutes(
  server: FastifyInstance,
  inboxes: Inboxes,
  needs: (place: string) => Promise<boolean>,
): void {
  server.post('/inbox', { bodyLimit: LARGEST_NOTE_BYTES }, async ({ body }, reply) => {
    const expected = body === undefined || body === null ? undefined : read(body);
    return reply.code(201).send({ id: await inboxes.open(expected) });
  });
  server.post<ById>('/inbox/:id/finish', { bodyLimit: LARGEST_NOTE_BYTES }, async ({ params, body }) => ({
    path: await inboxes.finish(params.id, read(body)),
  }));
  server.delete<ById>('/inbox/:id', async ({ params: { id } }, reply) => {
    if (await needs(inboxes.placeOf(id))) throw stillLoading();
    await inboxes.discard(id);
    return reply.code(204).send();
  });
  void server.register(async (files) => addFileRoute(files, inboxes));
}

/** In a scope of its own: there a body is a stream, whatever type it says it has. */
function addFileRoute(server: FastifyInstance, inboxes: Inboxes): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, _body, done) => done(null));
  server.put<ById & { Querystring: { path?: unknown } }>('/inbox/:id/files', async (request, reply) => {
    const bytes = lengthOf(request);
    const path = typeof request.query.path === 'string' ? request.query.path : '';
    try {
      await inboxes.receive(request.params.id, { path, bytes, body: request.raw });
    } catch (error) {
      if (bytes > MOST_READ_IN_VAIN) reply.header('connection', 'close');
      throw error;
    }
    return reply.code(204).send();
  });
}

function lengthOf({ headers }: FastifyRequest): number {
  const length = headers['content-length'];
  if (length === undefined || !/^\d{1,15}$/.test(length)) throw lengthMissing();
  return Number(length);
}

function read(body: unknown): z.infer<typeof amountSchema> {
  const { success, data, error } = amountSchema.safeParse(body);
  if (success) return data;
  throw new HttpFailure(400, {
    code: 'UPLOAD_FAILED',
    message: `The number of files and bytes is not told rightly: ${z.prettifyError(error)}`,
    remedy: 'Send {"files": n, "bytes": n}.',
  });
}
