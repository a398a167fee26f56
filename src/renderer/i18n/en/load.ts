import { loadBackground } from './load-background.ts';
import { loadFiles } from './load-files.ts';
import { loadInference } from './load-inference.ts';
import { loadMapping } from './load-mapping.ts';
import { loadReview } from './load-review.ts';

export const load = {
  ...loadBackground,
  ...loadFiles,
  ...loadInference,
  ...loadMapping,
  ...loadReview,
  more_one: 'and {{count, number}} more',
  more_other: 'and {{count, number}} more',
  firstOf_one: 'Shown are the first {{shown, number}} of {{count, number}}.',
  firstOf_other: 'Shown are the first {{shown, number}} of {{count, number}}.',
  wizard: { title: 'New load' },
  rail: { label: 'Steps', source: 'Source', mapping: 'Mapping', review: 'Review', load: 'Load' },
};
