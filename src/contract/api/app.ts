import { z } from 'zod';
import { jobSummarySchema } from './job-views.ts';

export const appInfoSchema = z.object({
  /** Of the host; a page of another version reloads itself. */
  version: z.string(),
  host: z.enum(['desktop', 'web']),
  /** The folder of everything local. */
  home: z.string(),
  /** Cores of the host's machine. */
  cores: z.number().int(),
  /** The data set that comes with Loadstone. */
  example: z.object({ paths: z.array(z.string()).readonly(), mapping: z.string() }).nullable(),
  /** Where passwords can be kept: the system's keychain, a file encrypted with a key of the environment, or nowhere. */
  secrets: z.enum(['keychain', 'encrypted_file', 'none']),
  /** A database is in the package for this machine. */
  embedded: z.boolean(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

/** What all windows of a host hear. Each names what to read again. */
export const appEventSchema = z.discriminatedUnion('type', [
  /** Said once, first: from here on no change is missed. */
  z.object({ type: z.literal('hello') }),
  z.object({ type: z.literal('jobs'), numbers: z.array(z.number().int()).readonly() }),
  /** A job has come to an end, or waits for review: said once, to those who listened then. */
  z.object({ type: z.literal('ended'), job: jobSummarySchema }),
  z.object({ type: z.literal('settings') }),
  z.object({ type: z.literal('connections') }),
  /** The native shell asks the window for something. */
  z.object({ type: z.literal('open'), paths: z.array(z.string()).readonly() }),
  /** Somebody pressed the notice of a job: the window that comes to the front shows it. */
  z.object({ type: z.literal('show'), job: z.number().int() }),
]);
export type AppEvent = z.infer<typeof appEventSchema>;

/** Something to choose in a native dialog; `null` in the answer: the user thought better of it. */
export const chooseRequestSchema = z.object({
  what: z.enum(['folder', 'files', 'mapping']),
  startAt: z.string().exactOptional(),
});
export const saveRequestSchema = z.object({ name: z.string().min(1).max(200) });
