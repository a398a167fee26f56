import { LoadstoneError, type Place } from '#contract/errors';
import { TextCursor } from '../text-cursor.ts';

/** Where the scanner stands in the bytes at hand, and how it objects to them. */
export class JsonCursor extends TextCursor {
  /** @returns false while it is not worth scanning a long unfinished token again: it must double first. */
  feed(chunk: Buffer, final: boolean, tokenLimit: number): boolean {
    return this.join(chunk, final, (kept) => {
      if (kept > tokenLimit)
        this.exceed(this.position, `A string, a number or a line is longer than ${tokenLimit} bytes`);
    });
  }

  fail(at: number, message: string): never {
    throw notWellFormed(this.placeOf(at), `${message}.`);
  }

  exceed(at: number, message: string): never {
    throw new LoadstoneError({
      code: 'JSON_LIMIT_EXCEEDED',
      message: `${message}.`,
      remedy: 'Split the file or simplify it below the limit. Nothing of the file was loaded.',
      place: this.placeOf(at),
    });
  }
}

function notWellFormed(place: Place, message: string): LoadstoneError {
  return new LoadstoneError({
    code: 'JSON_NOT_WELL_FORMED',
    message,
    remedy: 'Repair the file at this place or ask its sender for a whole one. Nothing of the file was loaded.',
    place,
  });
}
