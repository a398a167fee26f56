/** The nonce under which the Content-Security-Policy lets this page add style elements. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** Tells react-remove-scroll, which keeps the page behind a dialog still, the nonce: it asks where webpack would put it. */
export function publishStyleNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
}
