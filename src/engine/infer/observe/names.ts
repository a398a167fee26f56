/** A name's meaning: what it is called, and in which namespace. */
export interface QualifiedName {
  readonly local: string;
  /** null: in no namespace. */
  readonly uri: string | null;
  /** Not a name of the document: the record of a source without names for its records. */
  readonly isRecord?: boolean;
  /** Stands for elements of any name, which is then a value of theirs. */
  readonly isAny?: boolean;
}

export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
export const XML = 'http://www.w3.org/XML/1998/namespace';

/** Names of ids: `id`, `maThua` are no proof, but among unique values they are likelier keys than a title. */
const ID_NAME = /^(?:id|uuid|guid|oid|fid|key|code|isbn|issn|nr|no|number|reference|ma|ma[A-Z_].*|mã.*|số|so)$/i;
const ID_END =
  /(?:[a-z0-9](?:ID|Id|UUID|Uuid|GUID|Guid|Code|Key|Number|No|Nr)|[_\-.](?:id|uuid|guid|code|key|number|no|nr))$/;

export function looksLikeId(name: string): boolean {
  return ID_NAME.test(name) || ID_END.test(name) || /^[A-Z]{2,}ID$/.test(name) || /^[A-Z_]+_ID$/.test(name);
}

/** Attributes that speak to a parser, not of the record. */
export function isForParsers({ local, uri }: QualifiedName): boolean {
  if (uri === XSI) return local !== 'type';
  return uri === XML && (local === 'space' || local === 'base');
}
