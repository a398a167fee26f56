/** A page for a browser that holds no cookie: both languages, since nothing is known of the reader yet. */
export function lockedPage(styleNonce: string): string {
  return page(styleNonce, 'Loadstone', [
    ['vi', 'Cửa sổ này chưa được mở khóa', LOCKED_VI],
    ['en', 'This window is not unlocked', LOCKED_EN],
  ]);
}

export function missingPage(styleNonce: string): string {
  return page(styleNonce, 'Loadstone', [
    ['vi', 'Không có trang này', '<a href="/">Về trang đầu</a>.'],
    ['en', 'There is no such page', '<a href="/">Go to the first page</a>.'],
  ]);
}

const LOCKED_VI =
  'Hãy mở địa chỉ mà lệnh <code>loadstone serve</code> đã in ra: nó có dạng ' +
  '<code>http://127.0.0.1:…/?token=…</code>. Mỗi lần khởi động lại, địa chỉ sẽ khác. ' +
  'Nếu bạn vừa mở đúng địa chỉ đó từ một trang khác, hãy <a href="/">thử lại</a>.';
const LOCKED_EN =
  'Open the address that <code>loadstone serve</code> printed: it looks like ' +
  '<code>http://127.0.0.1:…/?token=…</code>. Each start has a new one. ' +
  'If you have just followed that very address from another page, <a href="/">try again</a>.';

type Part = readonly [language: string, title: string, text: string];

function page(styleNonce: string, title: string, parts: readonly Part[]): string {
  const body = parts
    .map(([language, heading, text]) => `<section lang="${language}"><h1>${heading}</h1><p>${text}</p></section>`)
    .join('');
  return (
    `<!doctype html><html lang="vi"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">` +
    `<title>${title}</title><style nonce="${styleNonce}">` +
    'body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem}h1{font-size:1.25rem}' +
    `</style></head><body><main>${body}</main></body></html>`
  );
}
