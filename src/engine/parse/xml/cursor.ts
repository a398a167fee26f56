import { TextCursor } from '../text-cursor.ts';
import { limitExceeded, notWellFormed } from './failures.ts';

/** Where the scanner stands in the bytes at hand, and how it objects to them. */
export class Cursor extends TextCursor {
  /**
   * Puts a chunk behind the unfinished token.
   * @returns false while it is not worth scanning a long unfinished token again: it must double first.
   */
  feed(chunk: Buffer, final: boolean, tokenLimit: number): boolean {
    return this.join(chunk, final, (kept) => {
      if (kept <= tokenLimit) return;
      this.fail(this.position, `A tag or reference is longer than ${tokenLimit} bytes`, limitExceeded);
    });
  }

  fail(at: number, message: string, failure = notWellFormed): never {
    throw failure(this.placeOf(at), `${message}.`);
  }
}
