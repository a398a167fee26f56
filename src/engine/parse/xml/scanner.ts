import type { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { doubled } from '../doubled.ts';
import { EXCLAMATION, GREATER_THAN, isSpace, LESS_THAN, QUESTION, SLASH } from './bytes.ts';
import { Cursor } from './cursor.ts';
import { limitExceeded } from './failures.ts';
import type { XmlLimits } from './limits.ts';
import { NameInterner, NO_NAME, UNFINISHED } from './name-interner.ts';
import { type Opaque, scanOpaque } from './opaque.ts';
import { StartTag } from './start-tag.ts';
import { failCharacter, scanText } from './text.ts';
import { TextOutput } from './text-output.ts';
import { parseDeclaration } from './xml-declaration.ts';

/** Why a document must be read by another parser from its beginning on. Nothing of it was told to the handler. */
export type Handover = 'doctype' | 'xml-1.1';

type Stage = 'start' | 'prolog' | 'content' | 'epilog';

/** Listens while a scanner is at rest. */
const NOBODY: TreeHandler = {
  wantsText: false,
  wantsAttributes: false,
  open() {},
  attribute() {},
  text() {},
  unresolvedEntity() {},
  unresolvedAttributeEntity() {},
  close() {},
};

/** What follows `<!` decides; as many bytes are needed to tell them apart. */
const COMMENT_OPEN = Buffer.from('<!--');
const CDATA_OPEN = Buffer.from('<![CDATA[');
const DOCTYPE_OPEN = Buffer.from('<!DOCTYPE');
const NEW_LINE_ENDS = [Buffer.from('\u0085'), Buffer.from('\u2028')];
const DECLARATION_OPEN = Buffer.from('<?xml');

/**
 * A strict, streaming scanner of XML 1.0 (fifth edition, namespaces not enforced) over UTF-8 bytes known to be valid.
 * Serves one document after the other: {@link begin}, any number of {@link write}s, the last one marked as such.
 */
export class XmlScanner {
  readonly #cursor = new Cursor();
  readonly #names: NameInterner;
  readonly #tag: StartTag;
  readonly #limits: XmlLimits;
  #handler: TreeHandler = NOBODY;
  #output = new TextOutput(NOBODY);
  #stage: Stage = 'start';
  #isXml11 = false;
  #inside: Opaque | undefined;
  /** Name and line of each open element. */
  #open = new Int32Array(64);
  #lines = new Int32Array(64);
  #depth = 0;

  constructor(names: NameTable, limits: XmlLimits) {
    this.#names = new NameInterner(names, limits.names);
    this.#tag = new StartTag(this.#names);
    this.#limits = limits;
  }

  begin(path: string, handler: TreeHandler): void {
    this.#cursor.reset(path);
    this.#handler = handler;
    const offset = () => this.#cursor.before + this.#cursor.position;
    handler.locate?.({ start: offset, stop: offset });
    this.#output = new TextOutput(handler);
    this.#stage = 'start';
    this.#isXml11 = false;
    this.#inside = undefined;
    this.#depth = 0;
  }

  /** Forgets the document and its handler. */
  rest(): void {
    this.begin('', NOBODY);
  }

  /** Whether the root element has begun, so that no DOCTYPE can follow. */
  get pastProlog(): boolean {
    return this.#stage === 'content' || this.#stage === 'epilog';
  }

  /** The place behind all bytes written so far. */
  placeOfEnd(): ReturnType<Cursor['placeOf']> {
    return this.#cursor.placeOf(this.#cursor.end);
  }

  /**
   * Reads on. The chunk may be reused once this returns.
   * @param last no more bytes follow: an unfinished document is an error now.
   * @returns a handover when the document is for another parser.
   */
  write(chunk: Buffer, last: boolean): Handover | undefined {
    const cursor = this.#cursor;
    if (!cursor.feed(chunk, last, this.#limits.tokenBytes)) return undefined;
    const handover = this.#run();
    if (handover !== undefined) return handover;
    if (last) this.#end();
    else cursor.release();
    return undefined;
  }

  #run(): Handover | undefined {
    const cursor = this.#cursor;
    while (cursor.position < cursor.end) {
      if (this.#inside !== undefined) {
        if (!this.#goOnInside(this.#inside)) return undefined;
      } else if (this.#stage === 'content') {
        if (cursor.bytes[cursor.position] !== LESS_THAN) {
          if (!scanText(cursor, this.#output)) return undefined;
        } else if (!this.#markup()) return undefined;
      } else {
        const outcome = this.#outside();
        if (outcome !== true) return outcome;
      }
    }
    return undefined;
  }

  #goOnInside(opaque: Opaque): boolean {
    const output = opaque === 'CDATA section' ? this.#output : undefined;
    if (!scanOpaque(this.#cursor, opaque, output)) return false;
    this.#inside = undefined;
    return true;
  }

  /** Markup inside the root element. @returns false when more bytes are needed. */
  #markup(): boolean {
    const cursor = this.#cursor;
    const next = cursor.position + 1;
    if (next === cursor.end) return this.#unfinished('after "<"');
    const byte = cursor.bytes[next];
    if (byte === SLASH) return this.#endTag();
    if (byte === QUESTION) return this.#instruction();
    if (byte === EXCLAMATION) return this.#declarationLike() !== undefined;
    return this.#startTag();
  }

  #startTag(): boolean {
    const cursor = this.#cursor;
    const stop = this.#tag.read(cursor);
    if (stop < 0) return this.#unfinished('inside a tag');
    this.#push();
    this.#handler.open(this.#names.idOf(this.#tag.name), cursor.line);
    this.#tag.finish(cursor, stop, this.#handler);
    if (this.#tag.selfClosing) this.#pop();
    else this.#output.wanted = this.#handler.wantsText;
    return true;
  }

  #push(): void {
    const depth = this.#depth++;
    if (depth >= this.#limits.depth) {
      const message = `Elements are nested more than ${this.#limits.depth} deep`;
      this.#cursor.fail(this.#cursor.position, message, limitExceeded);
    }
    if (depth === this.#open.length) {
      this.#open = doubled(this.#open);
      this.#lines = doubled(this.#lines);
    }
    this.#open[depth] = this.#tag.name;
    this.#lines[depth] = this.#cursor.line;
    if (depth === 0) this.#stage = 'content';
  }

  #pop(): void {
    this.#handler.close();
    this.#output.wanted = this.#handler.wantsText;
    if (--this.#depth === 0) this.#stage = 'epilog';
  }

  #endTag(): boolean {
    const cursor = this.#cursor;
    const start = cursor.position + 2;
    const name = this.#open[this.#depth - 1] as number;
    const stop = start + this.#names.lengthOf(name);
    // Reading behind the end gives undefined, which equals no byte.
    if (cursor.bytes[stop] === GREATER_THAN && this.#names.isAt(name, cursor.view, start)) {
      cursor.position = stop + 1;
      this.#pop();
      return true;
    }
    return this.#unusualEndTag(start, name);
  }

  /** An end tag with spaces in it, unfinished, or wrong. */
  #unusualEndTag(start: number, expected: number): boolean {
    const cursor = this.#cursor;
    const found = this.#names.find(cursor, start);
    if (found === UNFINISHED) return this.#unfinished('inside an end tag');
    if (found === NO_NAME) cursor.fail(start, '"</" is not followed by a name');
    if (found !== expected) {
      const line = this.#lines[this.#depth - 1];
      const [wrong, right] = [this.#names.nameOf(found), this.#names.nameOf(expected)];
      cursor.fail(
        cursor.position,
        `The end tag </${wrong}> stands where </${right}> (opened in line ${line}) is expected`,
      );
    }
    let at = this.#names.stop;
    while (at < cursor.end && isSpace(cursor.bytes[at])) at++;
    if (at === cursor.end) return this.#unfinished('inside an end tag');
    if (cursor.bytes[at] !== GREATER_THAN) cursor.fail(at, 'An end tag holds more than a name');
    cursor.advanceOverLines(at + 1);
    this.#pop();
    return true;
  }

  /** `<?…` that is not the XML declaration. */
  #instruction(): boolean {
    const cursor = this.#cursor;
    const start = cursor.position + 2;
    const found = this.#names.find(cursor, start);
    const stop = this.#names.stop;
    if (found === UNFINISHED || (found !== NO_NAME && stop + 1 >= cursor.end && !cursor.final)) return false;
    if (found === NO_NAME) cursor.fail(start, '"<?" is not followed by a name');
    const target = this.#names.nameOf(found);
    if (target.toLowerCase() === 'xml') {
      cursor.fail(cursor.position, `"<?${target}" may only stand at the very beginning, as the XML declaration`);
    }
    const ends = cursor.bytes[stop] === QUESTION && cursor.bytes[stop + 1] === GREATER_THAN;
    if (!ends && stop < cursor.end && !isSpace(cursor.bytes[stop])) {
      cursor.fail(stop, `The name "${target}" of a processing instruction is not followed by a space`);
    }
    cursor.position = stop;
    this.#inside = 'instruction';
    return true;
  }

  /** `<!…`. @returns what began; undefined when more bytes are needed. */
  #declarationLike(): Opaque | 'doctype' | undefined {
    const cursor = this.#cursor;
    const start = cursor.position;
    if (this.#startsWith(COMMENT_OPEN)) return this.#enter('comment', COMMENT_OPEN);
    if (this.#stage === 'content' && this.#startsWith(CDATA_OPEN)) return this.#enter('CDATA section', CDATA_OPEN);
    if (this.#startsWith(DOCTYPE_OPEN)) {
      if (this.#stage !== 'prolog') cursor.fail(start, 'A DOCTYPE stands behind the start of the root element');
      return 'doctype';
    }
    const opening = cursor.bytes.subarray(start, Math.min(cursor.end, start + CDATA_OPEN.length));
    const mayBecome = [COMMENT_OPEN, CDATA_OPEN, DOCTYPE_OPEN].some((open) => open.indexOf(opening) === 0);
    if (mayBecome && !cursor.final) return undefined;
    return cursor.fail(start, '"<!" begins neither a comment nor a CDATA section');
  }

  #enter(opaque: Opaque, opening: Buffer): Opaque {
    this.#cursor.position += opening.length;
    this.#inside = opaque;
    return opaque;
  }

  #startsWith(opening: Buffer): boolean {
    const { bytes, position, end } = this.#cursor;
    if (position + opening.length > end) return false;
    return bytes.compare(opening, 0, opening.length, position, position + opening.length) === 0;
  }

  /** Before and behind the root element. @returns true to go on, a handover, or undefined when more bytes are needed. */
  #outside(): true | Handover | undefined {
    const cursor = this.#cursor;
    if (this.#stage === 'start') return this.#start();
    const byte = cursor.bytes[cursor.position];
    if (isSpace(byte)) return this.#spaces();
    if (this.#isXml11 && this.#passNewLineEnd()) return true;
    if (byte !== LESS_THAN) this.#failOutside();
    const next = cursor.bytes[cursor.position + 1];
    if (cursor.position + 1 === cursor.end) return this.#unfinished('after "<"') || undefined;
    if (next === QUESTION) return this.#instruction() || undefined;
    if (next === EXCLAMATION) {
      const began = this.#declarationLike();
      return began === undefined || began === 'doctype' ? began : true;
    }
    if (next === SLASH) cursor.fail(cursor.position, 'An end tag stands outside of the root element');
    if (this.#stage === 'epilog') cursor.fail(cursor.position, 'A second element follows the root element');
    if (this.#isXml11) return 'xml-1.1';
    return this.#startTag() || undefined;
  }

  /** The line ends that XML 1.1 adds; here they only matter for finding out whether a DOCTYPE follows. */
  #passNewLineEnd(): boolean {
    const cursor = this.#cursor;
    const found = NEW_LINE_ENDS.find((lineEnd) => this.#startsWith(lineEnd));
    cursor.position += found?.length ?? 0;
    return found !== undefined;
  }

  #failOutside(): never {
    const cursor = this.#cursor;
    const character = cursor.bytes[cursor.position] as number;
    if (character < 0x20) failCharacter(cursor, cursor.position);
    const where = this.#stage === 'prolog' ? 'before' : 'behind';
    return cursor.fail(cursor.position, `Text stands ${where} the root element`);
  }

  #spaces(): true | undefined {
    const cursor = this.#cursor;
    let at = cursor.position;
    while (at < cursor.end && isSpace(cursor.bytes[at])) at++;
    // A trailing carriage return may be half a line end.
    if (at === cursor.end && !cursor.final && cursor.bytes[at - 1] === 0x0d) at--;
    if (at === cursor.position) return undefined;
    cursor.advanceOverLines(at);
    return true;
  }

  /** The very beginning: the XML declaration, if there is one. */
  #start(): true | Handover | undefined {
    const cursor = this.#cursor;
    const { bytes, end } = cursor;
    const open = DECLARATION_OPEN;
    const known = Math.min(end, open.length);
    const mayBegin = bytes.compare(open, 0, known, 0, known) === 0;
    if (mayBegin && end <= open.length && !cursor.final) return undefined;
    this.#stage = 'prolog';
    if (!mayBegin || !isSpace(bytes[open.length])) return true;
    const close = bytes.indexOf('?>');
    if (close < 0 && !cursor.final) {
      this.#stage = 'start';
      return undefined;
    }
    const declaration = parseDeclaration(bytes.toString('utf8', 0, close + 2));
    if (!declaration) return cursor.fail(0, 'The XML declaration is not written as it must be');
    this.#isXml11 = declaration.version === '1.1';
    cursor.advanceOverLines(close + 2);
    return true;
  }

  #unfinished(where: string): false {
    if (this.#cursor.final) this.#cursor.fail(this.#cursor.end, `The document ends ${where}`);
    return false;
  }

  #end(): void {
    const cursor = this.#cursor;
    if (this.#inside !== undefined) this.#unfinished(`inside a ${this.#inside}`);
    if (this.#depth > 0) {
      const name = this.#names.nameOf(this.#open[this.#depth - 1] as number);
      const line = this.#lines[this.#depth - 1];
      cursor.fail(cursor.end, `The document ends before </${name}> (opened in line ${line})`);
    }
    if (this.#stage !== 'epilog') cursor.fail(cursor.end, 'The document has no root element');
  }
}
