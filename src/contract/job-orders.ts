import type { LoadReport, LoadSpec } from './load.ts';
import type { TablesReport, TablesSpec } from './tables-plan.ts';

/** What a job is ordered to do, by its kind. */
export type JobOrder =
  | { readonly kind: 'load'; readonly spec: LoadSpec }
  | { readonly kind: 'tables'; readonly spec: TablesSpec };

/** What a job of any kind did. */
export type JobReport = LoadReport | TablesReport;
