import type { load as en } from '../en/load.ts';
import type { TextsLike } from '../texts.ts';
import { loadBackground } from './load-background.ts';
import { loadFiles } from './load-files.ts';
import { loadInference } from './load-inference.ts';
import { loadMapping } from './load-mapping.ts';
import { loadReview } from './load-review.ts';

export const load: TextsLike<typeof en> = {
  ...loadBackground,
  ...loadFiles,
  ...loadInference,
  ...loadMapping,
  ...loadReview,
  more_one: 'và {{count, number}} mục khác',
  more_other: 'và {{count, number}} mục khác',
  firstOf_one: 'Hiển thị {{shown, number}} mục đầu tiên trong số {{count, number}}.',
  firstOf_other: 'Hiển thị {{shown, number}} mục đầu tiên trong số {{count, number}}.',
  wizard: { title: 'Lần nạp mới' },
  rail: { label: 'Các bước', source: 'Nguồn', mapping: 'Ánh xạ', review: 'Xem lại', load: 'Nạp' },
};
