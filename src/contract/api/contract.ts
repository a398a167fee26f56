import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { connectionRefSchema } from '../connection.ts';
import { errorFactsSchema } from '../error-facts.ts';
import { mappingSchema } from '../mapping.ts';
import { resolutionsSchema } from '../resolutions.ts';
import { tablesPlanSchema, tablesRequestSchema, tablesSpecSchema } from '../tables-plan.ts';
import { undoResultSchema } from '../undo.ts';
import { appEventSchema, appInfoSchema, chooseRequestSchema, saveRequestSchema } from './app.ts';
import {
  auditFilterSchema,
  auditPageSchema,
  auditRequestSchema,
  loadFilesPageSchema,
  loadFilesRequestSchema,
  loadPlaceSchema,
} from './audit.ts';
import {
  catalogListingSchema,
  rowPageSchema,
  rowRequestSchema,
  tableDescriptionSchema,
  tableNameSchema,
} from './catalog.ts';
import {
  connectionDiagnosisSchema,
  saveConnectionSchema,
  savedConnectionSchema,
  testConnectionSchema,
} from './connections.ts';
import { estimateRequestSchema, loadEstimateSchema } from './estimates.ts';
import {
  csvDialectGuessSchema,
  detectedFormatsSchema,
  dialectRequestSchema,
  inferEventSchema,
  inferRequestSchema,
} from './inference.ts';
import {
  jobDetailSchema,
  jobListRequestSchema,
  jobListSchema,
  jobNumberSchema,
  jobSummarySchema,
  jobWatchEventSchema,
  loadRequestSchema,
  mergeRequestSchema,
} from './job-views.ts';
import { presetSchema, readMappingRequestSchema, savedMappingSchema, savedNameSchema } from './mappings.ts';
import { previewEventSchema, previewRequestSchema } from './previews.ts';
import {
  correctAllSchema,
  correctedSchema,
  correctionsSchema,
  importedSchema,
  recordRequestSchema,
  recordViewSchema,
} from './reject-corrections.ts';
import {
  rejectFilterSchema,
  rejectGroupRequestSchema,
  rejectGroupsSchema,
  rejectPageSchema,
  rejectRequestSchema,
} from './reject-pages.ts';
import {
  conflictPageSchema,
  conflictRequestSchema,
  duplicatePageSchema,
  duplicateRequestSchema,
  resolveRequestSchema,
  reviewSchema,
} from './reviews.ts';
import { settingsChangeSchema, settingsSchema } from './settings.ts';
import { folderListingSchema, recentSourceSchema, scanRequestSchema, sourceSummarySchema } from './sources.ts';
import { traceRequestSchema, traceSchema } from './traces.ts';
import { undoConflictPageSchema, undoConflictRequestSchema } from './undos.ts';

/**
 * All that a window may ask of its host, the same over a MessagePort (desktop) and a WebSocket (web). Requests and
 * answers are parsed by these schemas in the host. Every failure is `FAILED` with {@link errorFactsSchema} as its data.
 */
const ask = oc.errors({ FAILED: { data: errorFactsSchema } });

const connection = connectionRefSchema;
const job = z.number().int();

export const contract = {
  app: {
    info: ask.output(appInfoSchema),
    /** What changed, whoever changed it; without end. */
    watch: ask.output(eventIterator(appEventSchema)),
  },
  settings: {
    get: ask.output(settingsSchema),
    change: ask.input(settingsChangeSchema).output(settingsSchema),
  },
  connections: {
    list: ask.output(z.array(savedConnectionSchema).readonly()),
    /** @throws CONNECTION_NAME_TAKEN, CONNECTION_NOT_FOUND */
    save: ask.input(saveConnectionSchema).output(savedConnectionSchema),
    remove: ask.input(z.object({ id: z.string() })).output(z.null()),
    test: ask.input(testConnectionSchema).output(connectionDiagnosisSchema),
  },
  sources: {
    recent: ask.output(z.array(recentSourceSchema).readonly()),
    /** @throws PATH_NOT_FOUND, PATH_NOT_ALLOWED */
    scan: ask.input(scanRequestSchema).output(sourceSummarySchema),
    /** Which formats lie there; needs no mapping. @throws PATH_NOT_FOUND, PATH_NOT_ALLOWED */
    detect: ask.input(inferRequestSchema.pick({ paths: true })).output(detectedFormatsSchema),
    /** How a CSV file is written, as far as nobody says so, and its first records. @throws PATH_NOT_FOUND, PATH_NOT_ALLOWED, NO_FILES, EMPTY_FILE */
    dialect: ask.input(dialectRequestSchema).output(csvDialectGuessSchema),
    /** Progress, then a mapping that loads what was looked at; ends with it. Leaving it cancels. */
    infer: ask.input(inferRequestSchema).output(eventIterator(inferEventSchema)),
    /** The web host's folders. @throws PATH_NOT_ALLOWED, NOT_AVAILABLE on the desktop */
    browse: ask.input(z.object({ path: z.string().nullable() })).output(folderListingSchema),
  },
  mappings: {
    presets: ask.output(z.array(presetSchema).readonly()),
    /** @throws MAPPING_NOT_FOUND, MAPPING_INVALID */
    read: ask.input(readMappingRequestSchema).output(mappingSchema),
    /** Those the user keeps, by name. */
    list: ask.output(z.array(savedMappingSchema).readonly()),
    /** Under a name that there is: in its place. */
    save: ask.input(z.object({ name: savedNameSchema, mapping: mappingSchema })).output(savedMappingSchema),
    remove: ask.input(z.object({ name: savedNameSchema })).output(z.null()),
    /** Into a file that the native dialog named. @throws PATH_NOT_ALLOWED, CONFIG_INVALID */
    write: ask.input(z.object({ path: z.string().min(1), mapping: mappingSchema })).output(z.null()),
  },
  previews: {
    /** Progress, then the report; ends with it. Leaving it cancels. */
    run: ask.input(z.object({ connection, request: previewRequestSchema })).output(eventIterator(previewEventSchema)),
  },
  jobs: {
    list: ask.input(jobListRequestSchema).output(jobListSchema),
    /** Under the id of a job that there is: that job as it stands, and nothing begins. */
    start: ask.input(loadRequestSchema).output(jobSummarySchema),
    /** How long a load would take, by what past ones took. */
    estimate: ask.input(estimateRequestSchema).output(loadEstimateSchema),
    show: ask.input(jobNumberSchema).output(jobDetailSchema),
    watch: ask.input(jobNumberSchema).output(eventIterator(jobWatchEventSchema)),
    /** Asks; a second call kills. Answers at once: the end is heard by watching. */
    cancel: ask.input(jobNumberSchema).output(z.null()),
    resume: ask.input(jobNumberSchema).output(jobSummarySchema),
    /**
     * Merges a load that was reviewed. It waits again when its target has moved on. While it merges: that job as it stands.
     * @throws JOB_STATE; RESOLUTIONS_STALE when review or resolutions are no longer those that were looked at
     */
    merge: ask.input(mergeRequestSchema).output(jobSummarySchema),
    discard: ask.input(jobNumberSchema).output(z.null()),
    /** null: it was cancelled, and nothing has changed. @throws UNDO_EXPIRED, UNDO_CONFLICT, JOB_STATE */
    undo: ask.input(jobNumberSchema).output(undoResultSchema.nullable()),
    /** What an undo would do now. @throws LOAD_LOCKED when that cannot be found out at the moment; as `undo` */
    previewUndo: ask.input(jobNumberSchema).output(undoResultSchema),
    /** What an undo left, and why. */
    undoConflicts: ask
      .input(z.object({ number: z.number().int(), request: undoConflictRequestSchema.omit({ loadId: true }) }))
      .output(undoConflictPageSchema),
  },
  rejects: {
    page: ask
      .input(z.object({ job: z.number().int(), request: rejectRequestSchema.omit({ loadId: true }) }))
      .output(rejectPageSchema),
    /** Counted by what they have in common. */
    groups: ask
      .input(z.object({ job: z.number().int(), request: rejectGroupRequestSchema.omit({ loadId: true }) }))
      .output(rejectGroupsSchema),
    /** One rejected row whole, and its record where it stands. */
    record: ask.input(z.object({ job: z.number().int(), request: recordRequestSchema })).output(recordViewSchema),
    /** Keeps texts in the place of what records hold, or forgets them, for the next retry. @throws LOAD_LOCKED while one runs, RETRY_INVALID */
    correct: ask.input(z.object({ job: z.number().int(), corrections: correctionsSchema })).output(correctedSchema),
    /** The same text for all of them; answers for how many rows that is another one than before. @throws LOAD_LOCKED, RETRY_INVALID */
    correctAll: ask
      .input(z.object({ job: z.number().int(), request: correctAllSchema }))
      .output(z.object({ rows: z.number().int() })),
    /** Corrections from an exported CSV whose values were changed. @throws PATH_NOT_FOUND, PATH_NOT_ALLOWED, USAGE, LOAD_LOCKED, RETRY_INVALID */
    importCorrections: ask.input(z.object({ job: z.number().int(), path: z.string().min(1) })).output(importedSchema),
    /** What a retry of the open rejects is ordered with: to be given to `jobs.start`, or in parts to `previews.run`; the mapping may be changed. */
    order: ask.input(z.object({ job: z.number().int() })).output(loadRequestSchema),
    /** On the desktop into the file; in the web into one to be fetched from `download`. */
    export: ask
      .input(z.object({ job: z.number().int(), filter: rejectFilterSchema, path: z.string().exactOptional() }))
      .output(
        z.object({ rows: z.number().int(), path: z.string().exactOptional(), download: z.string().exactOptional() }),
      ),
  },
  /** Of loads that wait to be merged; whatever became of their files. Throw REVIEW_GONE when the staged rows are. */
  reviews: {
    get: ask.input(z.object({ job })).output(reviewSchema),
    page: ask
      .input(z.object({ job, request: conflictRequestSchema.omit({ loadId: true }) }))
      .output(conflictPageSchema),
    duplicates: ask
      .input(z.object({ job, request: duplicateRequestSchema.omit({ loadId: true }) }))
      .output(duplicatePageSchema),
    /** @throws RESOLUTIONS_INVALID; RESOLUTIONS_STALE when they were changed since `revision`; LOAD_LOCKED while the load merges */
    resolve: ask.input(resolveRequestSchema.omit({ loadId: true }).extend({ job })).output(reviewSchema),
    /** Resolutions into a file that the native dialog named. @throws PATH_NOT_ALLOWED, CONFIG_INVALID */
    write: ask.input(z.object({ path: z.string().min(1), resolutions: resolutionsSchema })).output(z.null()),
  },
  tables: {
    list: ask.input(z.object({ connection })).output(catalogListingSchema),
    describe: ask.input(z.object({ connection, table: tableNameSchema })).output(tableDescriptionSchema),
    rows: ask.input(z.object({ connection, request: rowRequestSchema })).output(rowPageSchema),
    /** Which loads wrote a row. @throws USAGE when the key tells no single row */
    trace: ask.input(z.object({ connection, request: traceRequestSchema })).output(traceSchema),
    /** How a mapping's tables differ from the target's, and the DDL that would settle it. @throws MAPPING_INVALID */
    plan: ask.input(z.object({ connection, request: tablesRequestSchema })).output(tablesPlanSchema),
    /** Orders a job that settles it. Under the id of a job that there is: that job as it stands, and nothing begins. */
    create: ask.input(tablesSpecSchema).output(jobSummarySchema),
  },
  audit: {
    /** What happened here, whichever window or command line did it. */
    page: ask.input(z.object({ request: auditRequestSchema })).output(auditPageSchema),
    /** What happened to a target, whoever did it. */
    target: ask.input(z.object({ connection, request: auditRequestSchema })).output(auditPageSchema),
    /** The files of a load with their hashes. @throws JOB_NOT_FOUND */
    files: ask.input(z.object({ place: loadPlaceSchema, request: loadFilesRequestSchema })).output(loadFilesPageSchema),
    /** As CSV: a target's, or without a connection this computer's; where to as with rejects. */
    export: ask
      .input(
        z.object({
          connection: connection.exactOptional(),
          filter: auditFilterSchema,
          path: z.string().exactOptional(),
        }),
      )
      .output(
        z.object({ rows: z.number().int(), path: z.string().exactOptional(), download: z.string().exactOptional() }),
      ),
  },
  /** Native dialogs; NOT_AVAILABLE in the web. */
  shell: {
    choose: ask.input(chooseRequestSchema).output(z.array(z.string()).readonly().nullable()),
    save: ask.input(saveRequestSchema).output(z.string().nullable()),
    reveal: ask.input(z.object({ path: z.string() })).output(z.null()),
  },
};
export type Contract = typeof contract;
