import type { IncomingHttpHeaders } from 'node:http';

/** Names under which a page of ours may reach this host. Any other name is somebody's DNS pointing here. */
const OWN_NAMES = ['127.0.0.1', 'localhost'];

export function isOwnHost(headers: IncomingHttpHeaders, port: number): boolean {
  return OWN_NAMES.some((name) => headers.host === `${name}:${port}`);
}

/** Whether the page that asks is ours: served under the very name that is asked for. */
export function isOwnOrigin({ host, origin }: IncomingHttpHeaders): boolean {
  return origin === `http://${host}`;
}

/**
 * Whether the browser says that another site's page asks, one of another port of this machine included. `none`: the
 * user typed the address or opened a link from outside the browser. Not every client says it.
 */
export function isCrossSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/** Another site's link to our front page does no harm: without the cookie it shows nothing. */
export function isNavigation(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}
