import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy, withStyleNonce } from '#contract/content-security-policy';

const APP_SCHEME = 'loadstone';
export const APP_ORIGIN = `${APP_SCHEME}://app`;

const PAGE = 'index.html';
const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** Before `ready`: makes `loadstone://app` an origin of its own, as safe a context as https. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the built renderer, and nothing else, under `loadstone://app/`. */
export function serveRenderer(folder: string): void {
  protocol.handle(APP_SCHEME, (request) => answer(request, folder));
}

async function answer(request: Request, folder: string): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  const file = fileOf(request.url, folder);
  const type = file === null ? undefined : MIME_TYPES[extname(file)];
  if (file === null || type === undefined) return refuse(404);
  try {
    const bytes = await readFile(file);
    return extname(file) === '.html' ? page(bytes.toString('utf8')) : respond(new Uint8Array(bytes), type);
  } catch {
    return refuse(404);
  }
}

/** The file a URL of ours names; null when it is another origin's or would leave the folder. */
function fileOf(address: string, folder: string): string | null {
  const url = URL.parse(address);
  if (url === null || url.protocol !== `${APP_SCHEME}:` || url.host !== 'app') return null;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  const parts = path.split('/').slice(1);
  if (parts.some((part) => part === '..' || part.includes('\\') || part.includes('\0') || part.includes(':')))
    return null;
  const file = join(folder, ...parts, ...(path.endsWith('/') ? [PAGE] : []));
  return file.startsWith(folder + sep) ? file : null;
}

function page(html: string): Response {
  const styleNonce = randomBytes(16).toString('base64');
  return respond(withStyleNonce(html, styleNonce), MIME_TYPES['.html'] ?? '', {
    'Content-Security-Policy': contentSecurityPolicy({ styleNonce }),
    'Cache-Control': 'no-store',
  });
}

function respond(body: string | Uint8Array<ArrayBuffer>, type: string, more: Record<string, string> = {}): Response {
  return new Response(body, { headers: { ...SAFE_HEADERS, 'Content-Type': type, ...more } });
}

function refuse(status: 404 | 405): Response {
  return new Response(null, { status, headers: SAFE_HEADERS });
}

const SAFE_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
