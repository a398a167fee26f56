import { audit } from './audit.ts';
import { common } from './common.ts';
import { connections } from './connections.ts';
import { errors } from './errors.ts';
import { job } from './job.ts';
import { jobs } from './jobs.ts';
import { load } from './load.ts';
import { notices } from './notices.ts';
import { rejects } from './rejects.ts';
import { review } from './review.ts';
import { settings } from './settings.ts';
import { tables } from './tables.ts';
import { tablesJob } from './tables-job.ts';
import { undo } from './undo.ts';

export const en = {
  audit,
  common,
  connections,
  errors,
  job,
  jobs,
  load,
  notices,
  rejects,
  review,
  settings,
  tables,
  tablesJob,
  undo,
};
