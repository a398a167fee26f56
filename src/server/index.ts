import { createServer } from 'node:http';

/** The headless web host's entry: the window's files over loopback. Its handlers come with the window. */
const server = createServer((_request, response) => response.writeHead(503).end('The window is not built yet.\n'));
server.listen(0, '127.0.0.1');
