import { type ErrorOptions, LoadstoneError } from '#contract/errors';
import type { LoadReport } from '#contract/load';

/** A load failed as a whole when everything was counted already: the error, and what was counted. */
export class FailedLoad extends LoadstoneError {
  readonly report: LoadReport;

  constructor(options: ErrorOptions, report: LoadReport) {
    super(options);
    this.report = report;
  }
}
