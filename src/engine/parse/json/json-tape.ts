import type { TreeHandler } from '#engine/model/tree-handler';

const CLOSE = -1;
const TEXT = -2;
const NULL_ITEM = -3;

/** What stands in one value, kept until it is known to be whole: nobody may hear of a record that breaks off. */
export class JsonTape implements Pick<TreeHandler, 'wantsText' | 'open' | 'text' | 'close' | 'nullItem'> {
  readonly wantsText = true;
  /** Per element its name and line, CLOSE, TEXT for the next of the texts, or NULL_ITEM and its name. */
  readonly #events: number[] = [];
  readonly #texts: string[] = [];

  open(name: number, line: number): void {
    this.#events.push(name, line);
  }

  text(piece: string): void {
    this.#events.push(TEXT);
    this.#texts.push(piece);
  }

  close(): void {
    this.#events.push(CLOSE);
  }

  nullItem(name: number): void {
    this.#events.push(NULL_ITEM, name);
  }

  /** Where its elements stand: the names from the outermost one to each. */
  *paths(): Generator<readonly number[]> {
    const path: number[] = [];
    for (let at = 0; at < this.#events.length; at += 1) {
      const event = this.#events[at] as number;
      if (event === CLOSE) path.pop();
      else if (event === NULL_ITEM) at += 1;
      else if (event !== TEXT) {
        at += 1;
        path.push(event);
        yield path;
      }
    }
  }

  clear(): void {
    this.#events.length = 0;
    this.#texts.length = 0;
  }

  replay(handler: TreeHandler): void {
    const events = this.#events;
    let text = 0;
    for (let at = 0; at < events.length; at += 1) {
      const event = events[at] as number;
      if (event === CLOSE) handler.close();
      else if (event === TEXT) {
        if (handler.wantsText) handler.text(this.#texts[text] as string);
        text += 1;
      } else if (event === NULL_ITEM) {
        at += 1;
        handler.nullItem?.(events[at] as number);
      } else {
        at += 1;
        handler.open(event, events[at] as number);
      }
    }
    this.clear();
  }
}
