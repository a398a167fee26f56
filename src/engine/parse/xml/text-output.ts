import type { TreeHandler } from '#engine/model/tree-handler';
import { utf8Text } from '../slices.ts';
import type { Cursor } from './cursor.ts';

/** Where text goes, while somebody wants it. */
export class TextOutput {
  readonly #handler: TreeHandler;
  /** The handler's `wantsText`, read after each open and close. */
  wanted: boolean;

  constructor(handler: TreeHandler) {
    this.#handler = handler;
    this.wanted = handler.wantsText;
  }

  /** @param ascii none of the bytes is above 0x7F, so that the faster decoder can be used. */
  piece(cursor: Cursor, from: number, to: number, ascii: boolean): void {
    if (!this.wanted || from === to) return;
    this.#handler.text(ascii ? cursor.asciiText(from, to) : utf8Text(cursor.bytes, from, to));
  }

  string(piece: string): void {
    if (this.wanted) this.#handler.text(piece);
  }
}
