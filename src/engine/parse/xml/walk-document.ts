import type { NameTable } from '#engine/model/name-table';
import type { TreeHandler } from '#engine/model/tree-handler';
import { limitExceeded } from './failures.ts';
import {
  bareName,
  contentOf,
  firstAttribute,
  firstChild,
  internalEntityOf,
  NodeType,
  nameAsWritten,
  namespaceAttributes,
  nextSibling,
  nodeType,
  withLibxml2Document,
} from './libxml2-document.ts';
import { type WrittenTag, writtenTags } from './start-tag-lines.ts';

/** Characters of entity text allowed over and above ten per byte of the document. */
const FREE_EXPANSION = 1_000_000;
/** A node without text is counted as so many characters, for the time it takes. */
const NODE_COST = 10;

/** Parses a document with a DOCTYPE and tells its tree to the handler. */
export function walkDocument(utf8: Buffer, path: string, names: NameTable, handler: TreeHandler): void {
  withLibxml2Document(utf8, path, (root) => new TreeWalk(utf8, path, names, handler).element(root, undefined));
}

/** One walk. `outer` is the line of the entity reference that the nodes come from, if any. */
class TreeWalk {
  readonly #path: string;
  readonly #names: NameTable;
  readonly #handler: TreeHandler;
  readonly #tags: Generator<WrittenTag, undefined>;
  readonly #declared: () => ReadonlySet<string>;
  #expansionLeft: number;
  #line = 1;

  constructor(utf8: Buffer, path: string, names: NameTable, handler: TreeHandler) {
    this.#path = path;
    this.#names = names;
    this.#handler = handler;
    this.#expansionLeft = utf8.length * 10 + FREE_EXPANSION;
    const text = utf8.toString('latin1');
    this.#tags = writtenTags(text);
    this.#declared = () => new Set(Array.from(text.matchAll(/<!ENTITY\s+([^\s%]+)/g), (match) => match[1] ?? ''));
  }

  /** libxml2 bounds the depth, so that recursion is safe. */
  element(node: number, outer: number | undefined): void {
    const written = outer === undefined ? this.#tags.next().value : undefined;
    if (written) this.#line = written.line;
    const line = outer ?? this.#line;
    this.#handler.open(this.#names.intern(nameAsWritten(node)), line);
    if (this.#handler.wantsAttributes) this.#attributes(node);
    if (written && written.entities.length > 0) this.#lostInAttributes(written.entities);
    this.#children(node, outer);
    this.#handler.close();
  }

  #attributes(element: number): void {
    for (const [name, value] of namespaceAttributes(element)) this.#handler.attribute(this.#names.intern(name), value);
    for (let attribute = firstAttribute(element); attribute !== 0; attribute = nextSibling(attribute)) {
      this.#handler.attribute(this.#names.intern(nameAsWritten(attribute)), this.#valueOf(attribute));
    }
  }

  /**
   * What libxml2's own function gives, but with expansion counted: libxml2 does not count it in default attributes.
   * @param node an attribute, or an entity its value refers to.
   */
  #valueOf(node: number): string {
    let value = '';
    for (let part = firstChild(node); part !== 0; part = nextSibling(part)) {
      if (nodeType(part) === NodeType.ENTITY_REFERENCE) {
        this.#countExpansion();
        const entity = internalEntityOf(part);
        if (entity !== 0) value += this.#valueOf(entity);
      } else {
        const text = contentOf(part);
        this.#countExpansion(text.length);
        value += text;
      }
    }
    return value;
  }

  /** libxml2 drops references to entities that only an unread external subset could declare from attribute values. */
  #lostInAttributes(entities: readonly string[]): void {
    const declared = this.#declared();
    for (const entity of entities) {
      if (!declared.has(entity))
        this.#handler.unresolvedAttributeEntity(Buffer.from(entity, 'latin1').toString('utf8'));
    }
  }

  #children(parent: number, outer: number | undefined): void {
    for (let node = firstChild(parent); node !== 0; node = nextSibling(node)) {
      const type = nodeType(node);
      if (outer !== undefined) this.#countExpansion();
      if (type === NodeType.ELEMENT) this.element(node, outer);
      else if (type === NodeType.TEXT || type === NodeType.CDATA) this.#text(node, outer);
      else if (type === NodeType.ENTITY_REFERENCE) this.#entity(node, outer);
    }
  }

  #text(node: number, outer: number | undefined): void {
    if (!this.#handler.wantsText) return;
    const text = contentOf(node);
    if (outer !== undefined) this.#countExpansion(text.length);
    this.#handler.text(text);
  }

  #entity(reference: number, outer: number | undefined): void {
    const entity = internalEntityOf(reference);
    if (entity === 0) this.#handler.unresolvedEntity(bareName(reference));
    else this.#children(entity, outer ?? this.#line);
  }

  #countExpansion(amount = NODE_COST): void {
    this.#expansionLeft -= amount;
    if (this.#expansionLeft >= 0) return;
    const place = { path: this.#path, line: this.#line, column: 1 };
    throw limitExceeded(place, 'Entities expand to more than ten times the size of the document.');
  }
}
