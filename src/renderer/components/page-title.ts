let title = 'Loadstone';
let mark = '';

/** What the window or the browser's tab is called. */
export function setPageTitle(text: string): void {
  title = text;
  write();
}

/** What stands before the title, for those who look at another window; '' takes it away. */
export function setTitleMark(text: string): void {
  mark = text;
  write();
}

function write(): void {
  document.title = mark === '' ? title : `${mark} – ${title}`;
}
