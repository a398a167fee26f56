interface PolicyOptions {
  /** A random text of this one response: style elements that carry it are let in. */
  readonly styleNonce: string;
  /** Where the page may connect besides its own origin, as `ws://127.0.0.1:4000`. */
  readonly connect?: readonly string[];
}

/**
 * The Content-Security-Policy of the window, the same on the desktop and in a browser, sent as a header. Mantine adds
 * style elements while it runs, so these are let in by a nonce. Style attributes stay forbidden: React sets styles
 * through the CSSOM, which the policy does not touch.
 */
export function contentSecurityPolicy({ styleNonce, connect = [] }: PolicyOptions): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${styleNonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    ['connect-src', "'self'", ...connect].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** What the build writes wherever the page names its nonce (see electron.vite.config.ts). */
const NONCE_MARK = '__CSP_NONCE__';

/** Puts the nonce of this response into the page, whose scripts read it there. */
export function withStyleNonce(html: string, styleNonce: string): string {
  return html.replaceAll(NONCE_MARK, styleNonce);
}
