import { LoadstoneError, type Place } from '#contract/errors';

const REPAIR = 'Repair the file at this place or ask its sender for a whole one. Nothing of the file was loaded.';

export function notWellFormed(place: Place, message: string, remedy = REPAIR): LoadstoneError {
  return new LoadstoneError({ code: 'XML_NOT_WELL_FORMED', message, remedy, place });
}

export function limitExceeded(place: Place, message: string): LoadstoneError {
  const remedy = 'Split the document or simplify it below the limit. Nothing of the file was loaded.';
  return new LoadstoneError({ code: 'XML_LIMIT_EXCEEDED', message, remedy, place });
}

export function emptyFile(path: string): LoadstoneError {
  return new LoadstoneError({
    code: 'EMPTY_FILE',
    message: 'The file is empty.',
    remedy: 'Ask its sender for the content, or remove the file.',
    place: { path, line: 1, column: 1 },
  });
}

export function encodingUnsupported(path: string, encoding: string): LoadstoneError {
  return new LoadstoneError({
    code: 'ENCODING_UNSUPPORTED',
    message: `The encoding "${encoding}" is not supported.`,
    remedy: 'Name the encoding the file is really in with source.encoding, or convert the file to UTF-8.',
    place: { path, line: 1, column: 1 },
  });
}

export function undecodable(place: Place, encoding: string, offset: number): LoadstoneError {
  return new LoadstoneError({
    code: 'ENCODING_INVALID_BYTES',
    message: `The byte at offset ${offset} cannot be decoded as ${encoding}.`,
    remedy:
      'Name the encoding the file is really in with source.encoding, or repair the file. Nothing of it was loaded.',
    place,
  });
}
