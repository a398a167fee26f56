import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { withStyleNonce } from '#contract/content-security-policy';
import { missingPage } from './pages.ts';

/** Vite puts a hash of the content into these files' names. */
const HASHED = '/assets/';
const FOREVER = 'public, max-age=31536000, immutable';

/** Serves the window's build. The front page is made for each request: it tells the nonce of its own answer. */
export async function addStaticFiles(server: FastifyInstance, folder: string): Promise<void> {
  server.get('/', async (request, reply) => {
    const html = await readFile(join(folder, 'index.html'), 'utf8');
    return reply.type('text/html; charset=utf-8').send(withStyleNonce(html, request.styleNonce));
  });
  await server.register(fastifyStatic, {
    root: folder,
    index: false,
    dotfiles: 'ignore',
    cacheControl: false,
    allowedPath: (path) => path !== '/index.html',
    setHeaders: (reply, path) => {
      if (path.slice(folder.length).replaceAll('\\', '/').startsWith(HASHED))
        void reply.header('cache-control', FOREVER);
    },
  });
  server.setNotFoundHandler((request, reply) =>
    reply.code(404).type('text/html; charset=utf-8').send(missingPage(request.styleNonce)),
  );
}
