/**
 * Every error a user can meet. An error is a `code` of this closed union, a message made of facts, a remedy, and
 * whether the same call may succeed later. Bad rows are not errors: see {@link file://./rejects.ts}.
 */
export const ERROR_CODES = [
  // the command or its inputs
  'USAGE',
  'MAPPING_INVALID',
  'MAPPING_NOT_FOUND',
  'PATH_NOT_FOUND',
  'NO_FILES',
  'NO_RECORDS',
  'CONFIG_INVALID',
  'PATH_NOT_ALLOWED',
  'NOT_AVAILABLE',
  // one file: the file is refused whole, the load goes on
  'EMPTY_FILE',
  'FILE_UNREADABLE',
  'FILE_CHANGED',
  'XML_NOT_WELL_FORMED',
  'XML_LIMIT_EXCEEDED',
  'ENCODING_UNSUPPORTED',
  'ENCODING_INVALID_BYTES',
  'FILE_HAS_REJECTS',
  'CSV_UNCLOSED_QUOTE',
  'CSV_HEADER_BROKEN',
  'CSV_COLUMN_MISSING',
  'CSV_LIMIT_EXCEEDED',
  'JSON_NOT_WELL_FORMED',
  'JSON_LIMIT_EXCEEDED',
  // the load as a whole
  'ALL_FILES_FAILED',
  'TOO_MANY_REJECTS',
  'ABORTED_ON_REJECT',
  'CONFLICTS_FOUND',
  'MISSING_REFERENCES',
  'REFERENCE_CYCLE',
  'TARGET_MISMATCH',
  'STAGING_LOST',
  'LOAD_FENCED',
  'LOAD_LOCKED',
  'RESOLUTIONS_INVALID',
  'RESOLUTIONS_STALE',
  'REVIEW_GONE',
  'RETRY_INVALID',
  'UNDO_CONFLICT',
  'UNDO_EXPIRED',
  // the server
  'SERVER_UNREACHABLE',
  'SERVER_LOST',
  'SERVER_VERSION',
  'SCHEMA_NEWER',
  'AUTH_FAILED',
  'PASSWORD_MISSING',
  'DATABASE_MISSING',
  'PERMISSION_DENIED',
  'DISK_FULL',
  'DATABASE_ERROR',
  'EMBEDDED_FAILED',
  // the host
  'CONNECTION_NOT_FOUND',
  'CONNECTION_NAME_TAKEN',
  'SECRETS_UNAVAILABLE',
  'UPLOAD_FAILED',
  'HOST_LOST',
  'JOB_NOT_FOUND',
  'JOB_STATE',
  'WORKER_CRASHED',
  'WORKER_NOT_READY',
  'WORKER_UNRESPONSIVE',
  'LEASE_TIMEOUT',
  'LEDGER_FAILED',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Where in a file something happened. `line` and `column` count from 1; `column` counts characters. */
export interface Place {
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
}

/** The JSON-safe form of an error, as it crosses processes and stands in `--json` output. */
export interface ErrorFacts {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
  readonly retryable: boolean;
  readonly place?: Place;
  /** PostgreSQL's SQLSTATE where the server objected. */
  readonly sqlState?: string;
}

export interface ErrorOptions extends Omit<ErrorFacts, 'retryable'> {
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/** The one error class. Its message states facts; `remedy` says what to do next. */
export class LoadstoneError extends Error {
  override readonly name = 'LoadstoneError';
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly retryable: boolean;
  readonly place: Place | undefined;
  readonly sqlState: string | undefined;

  constructor(options: ErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.remedy = options.remedy;
    this.retryable = options.retryable ?? false;
    this.place = options.place;
    this.sqlState = options.sqlState;
  }

  toFacts(): ErrorFacts {
    return {
      code: this.code,
      message: this.message,
      remedy: this.remedy,
      retryable: this.retryable,
      ...(this.place && { place: this.place }),
      ...(this.sqlState && { sqlState: this.sqlState }),
    };
  }
}

/** Rebuilds an error that crossed a process boundary. */
export function errorFromFacts(facts: ErrorFacts): LoadstoneError {
  return new LoadstoneError(facts);
}

/** Any thrown value as error facts; what we did not foresee becomes INTERNAL with its own message kept. */
export function toErrorFacts(thrown: unknown): ErrorFacts {
  if (thrown instanceof LoadstoneError) return thrown.toFacts();
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'INTERNAL',
    message: `Unexpected failure: ${message}`,
    remedy: 'Nothing more was loaded. Run it again with --log-level debug and report the log if it happens again.',
    retryable: false,
  };
}
