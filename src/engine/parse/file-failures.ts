import { LoadstoneError, type Place } from '#contract/errors';

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
