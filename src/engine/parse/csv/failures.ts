import { LoadstoneError, type Place } from '#contract/errors';

export function unclosedQuote(place: Place, lastLine: number): LoadstoneError {
  return new LoadstoneError({
    code: 'CSV_UNCLOSED_QUOTE',
    message: `The quotation mark that opens a field here is never closed: all that follows, to line ${lastLine}, would be that field.`,
    remedy:
      'Close the quotation mark. Where quotation marks are plain text, set source.csv.quote to null. Nothing of the file was loaded.',
    place,
  });
}

export function headerBroken(place: Place, message: string): LoadstoneError {
  return new LoadstoneError({
    code: 'CSV_HEADER_BROKEN',
    message,
    remedy:
      'Correct the header line, or set source.csv.header to false or source.csv.skipLines to what stands above it. Nothing of the file was loaded.',
    place,
  });
}

export function limitExceeded(place: Place, message: string): LoadstoneError {
  return new LoadstoneError({
    code: 'CSV_LIMIT_EXCEEDED',
    message,
    remedy:
      'Look for a quotation mark that is not closed, and at source.csv.delimiter. Nothing of the file was loaded.',
    place,
  });
}
