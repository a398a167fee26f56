/** The engine's one door: what a worker and the command line may use. */
export { createTables } from './load/create-tables.ts';
export { endBackends } from './load/end-backends.ts';
export { discardLoad, finishLoad } from './load/finish-load.ts';
export { prepareLoad } from './load/prepare-load.ts';
export { type PreviewReport, previewLoad } from './load/preview-load.ts';
export { readRejects } from './load/read-rejects.ts';
export type { ServerSession } from './load/server-session.ts';
export { stageChunks } from './load/stage-chunks.ts';
export type { StageTiming } from './load/stage-clock.ts';
export { undoMergedLoad } from './load/undo.ts';
export { FailedLoad } from './model/failed-load.ts';
export { backendPid } from './postgres/cancel.ts';
export { closeClient, openClient, type PgClient } from './postgres/client.ts';
export { embeddedUrl, resolveTarget } from './postgres/connection-ref.ts';
export { embeddedStatus, ensureEmbedded, stopEmbedded } from './postgres/embedded/embedded.ts';
export { loadstoneHome } from './postgres/loadstone-home.ts';
export { toLoadstoneError } from './postgres/server-errors.ts';
export { parseServerUrl } from './postgres/server-url.ts';
