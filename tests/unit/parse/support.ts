import { SaxesParser } from 'saxes';
import { LoadstoneError } from '#contract/errors';
import { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { type ParseXmlOptions, parseXmlBuffer, parseXmlFile } from '#engine/parse/xml/parse-xml-file';

/** What a handler heard, with pieces of text joined. */
export type Heard =
  | readonly ['open', string]
  | readonly ['attribute', string, string]
  | readonly ['text', string]
  | readonly ['entity', string]
  | readonly ['close'];

const names = new NameTable();

class Recorder implements TreeHandler {
  wantsText = true;
  wantsAttributes = true;
  readonly heard: Heard[] = [];
  readonly lines: number[] = [];

  open(name: number, line: number): void {
    this.heard.push(['open', names.nameOf(name)]);
    this.lines.push(line);
  }
  attribute(name: number, value: string): void {
    this.heard.push(['attribute', names.nameOf(name), value]);
  }
  text(piece: string): void {
    addText(this.heard, piece);
  }
  unresolvedEntity(name: string): void {
    this.heard.push(['entity', name]);
  }
  unresolvedAttributeEntity(name: string): void {
    this.heard.push(['entity', name]);
  }
  close(): void {
    this.heard.push(['close']);
  }
}

function addText(heard: Heard[], piece: string): void {
  const last = heard.at(-1);
  if (last?.[0] === 'text') heard[heard.length - 1] = ['text', last[1] + piece];
  else heard.push(['text', piece]);
}

export interface Outcome {
  readonly heard: readonly Heard[];
  readonly lines: readonly number[];
  readonly error: LoadstoneError | undefined;
}

type Options = Partial<Pick<ParseXmlOptions, 'encoding' | 'limits'>>;

async function outcomeOf(recorder: Recorder, parse: () => unknown): Promise<Outcome> {
  try {
    await parse();
  } catch (error) {
    if (!(error instanceof LoadstoneError)) throw error;
    return { heard: recorder.heard, lines: recorder.lines, error };
  }
  return { heard: recorder.heard, lines: recorder.lines, error: undefined };
}

/** The whole document at once. */
export function parseWhole(document: Buffer | string, options: Options = {}): Promise<Outcome> {
  const handler = new Recorder();
  const given = { path: 'a/b.xml', encoding: 'auto', names, handler, ...options };
  return outcomeOf(handler, () => parseXmlBuffer(Buffer.from(document as string), given));
}

/** The document in chunks of these sizes (the last size repeated), through one buffer that is overwritten each time. */
export function parseChunks(document: Buffer, sizes: readonly number[], options: Options = {}): Promise<Outcome> {
  const handler = new Recorder();
  const given = { path: 'a/b.xml', encoding: 'auto', names, handler, ...options };
  return outcomeOf(handler, () => parseXmlFile(reusedChunks(document, sizes), given));
}

async function* reusedChunks(document: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  const shared = Buffer.alloc(Math.max(...sizes));
  for (let at = 0, turn = 0; at < document.length; turn++) {
    const size = sizes[Math.min(turn, sizes.length - 1)] ?? 1;
    const length = document.copy(shared, 0, at, at + size);
    yield shared.subarray(0, length);
    shared.fill(0x58);
    at += length;
  }
}

/** saxes, strict, without namespaces: what it hears, or undefined when it refuses the document. */
export function saxesHears(document: string): readonly Heard[] | undefined {
  const parser = new SaxesParser({ xmlns: false });
  const heard: Heard[] = [];
  let depth = 0;
  let fine = true;
  const text = (piece: string) => {
    if (depth > 0 && piece !== '') addText(heard, piece);
  };
  parser.on('error', () => {
    fine = false;
  });
  parser.on('opentag', (tag) => {
    depth++;
    heard.push(['open', tag.name]);
    for (const [name, value] of Object.entries(tag.attributes)) heard.push(['attribute', name, value]);
  });
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', () => {
    depth--;
    heard.push(['close']);
  });
  parser.write(document).close();
  return fine ? heard : undefined;
}
