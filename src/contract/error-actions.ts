import type { ErrorCode } from './errors.ts';

/** What a window can offer to do about an error. */
export type ErrorAction =
  | 'retry'
  | 'edit_connection'
  | 'choose_files'
  | 'edit_mapping'
  | 'show_rejects'
  | 'resume_job'
  | 'open_settings';

const ACTIONS: Readonly<Record<ErrorCode, ErrorAction | null>> = {
  USAGE: null,
  MAPPING_INVALID: 'edit_mapping',
  MAPPING_NOT_FOUND: 'edit_mapping',
  PATH_NOT_FOUND: 'choose_files',
  NO_FILES: 'choose_files',
  NO_RECORDS: 'choose_files',
  CONFIG_INVALID: 'open_settings',
  PATH_NOT_ALLOWED: 'choose_files',
  NOT_AVAILABLE: null,
  EMPTY_FILE: 'choose_files',
  FILE_UNREADABLE: 'choose_files',
  FILE_CHANGED: 'retry',
  XML_NOT_WELL_FORMED: 'choose_files',
  XML_LIMIT_EXCEEDED: 'choose_files',
  ENCODING_UNSUPPORTED: 'edit_mapping',
  ENCODING_INVALID_BYTES: 'edit_mapping',
  FILE_HAS_REJECTS: 'show_rejects',
  CSV_UNCLOSED_QUOTE: 'edit_mapping',
  CSV_HEADER_BROKEN: 'edit_mapping',
  CSV_COLUMN_MISSING: 'edit_mapping',
  CSV_LIMIT_EXCEEDED: 'edit_mapping',
  JSON_NOT_WELL_FORMED: 'choose_files',
  JSON_LIMIT_EXCEEDED: 'choose_files',
  ALL_FILES_FAILED: 'choose_files',
  TOO_MANY_REJECTS: 'show_rejects',
  ABORTED_ON_REJECT: 'show_rejects',
  CONFLICTS_FOUND: 'edit_mapping',
  MISSING_REFERENCES: 'edit_mapping',
  REFERENCE_CYCLE: null,
  TARGET_MISMATCH: 'edit_mapping',
  STAGING_LOST: 'resume_job',
  LOAD_FENCED: null,
  LOAD_LOCKED: 'retry',
  RESOLUTIONS_INVALID: null,
  RESOLUTIONS_STALE: null,
  REVIEW_GONE: 'resume_job',
  RETRY_INVALID: 'show_rejects',
  UNDO_CONFLICT: null,
  UNDO_EXPIRED: null,
  SERVER_UNREACHABLE: 'edit_connection',
  SERVER_LOST: 'resume_job',
  SERVER_VERSION: 'edit_connection',
  SCHEMA_NEWER: null,
  AUTH_FAILED: 'edit_connection',
  PASSWORD_MISSING: 'edit_connection',
  DATABASE_MISSING: 'edit_connection',
  PERMISSION_DENIED: 'edit_connection',
  DISK_FULL: 'resume_job',
  DATABASE_ERROR: null,
  EMBEDDED_FAILED: 'retry',
  CONNECTION_NOT_FOUND: 'edit_connection',
  CONNECTION_NAME_TAKEN: null,
  SECRETS_UNAVAILABLE: 'edit_connection',
  UPLOAD_FAILED: 'choose_files',
  HOST_LOST: 'retry',
  JOB_NOT_FOUND: 'resume_job',
  JOB_STATE: 'resume_job',
  WORKER_CRASHED: 'resume_job',
  WORKER_NOT_READY: 'resume_job',
  WORKER_UNRESPONSIVE: 'resume_job',
  LEASE_TIMEOUT: 'open_settings',
  LEDGER_FAILED: 'open_settings',
  INTERNAL: 'retry',
};

/** The one thing most likely to help against an error; null: nothing that a button could do. */
export function errorAction(code: ErrorCode): ErrorAction | null {
  return ACTIONS[code];
}
