import type { ConnectionForm, SavedConnection } from '#contract/api/connections';
import type { UrlParts } from './read-connection-url.ts';

/** What stands in the fields. */
export interface FormValues {
  readonly name: string;
  readonly host: string;
  readonly port: number | string;
  readonly database: string;
  readonly user: string;
  /** null: the one that is kept stays. */
  readonly password: string | null;
  readonly ssl: ConnectionForm['ssl'];
}

export type FieldProblem = 'required' | 'nameLength' | 'host' | 'hostLength' | 'port' | 'length';

const EMPTY: FormValues = {
  name: '',
  host: '',
  port: 5432,
  database: 'postgres',
  user: 'postgres',
  password: '',
  ssl: 'prefer',
};

export function initialValues(connection: SavedConnection | null): FormValues {
  if (connection === null || connection.ref.kind === 'embedded') return EMPTY;
  const { host, port, database, user, ssl } = connection.ref;
  const password = connection.password === 'none' ? '' : null;
  return { name: connection.name, host, port, database, user, password, ssl };
}

export const fieldRules = {
  name: (value: string) => required(value) ?? longest(value.trim(), 60, 'nameLength'),
  host: (value: string) => required(value) ?? longest(value.trim(), 255, 'hostLength') ?? hostProblem(value.trim()),
  port: (value: number | string) => portProblem(value),
  database: (value: string) => required(value) ?? longest(value, 63, 'length'),
  user: (value: string) => required(value) ?? longest(value, 63, 'length'),
} as const;

function required(value: string): FieldProblem | null {
  return value.trim() === '' ? 'required' : null;
}

function longest(value: string, most: number, problem: FieldProblem): FieldProblem | null {
  return value.length > most ? problem : null;
}

/** A name, an address, or the folder of a socket, whose path may hold spaces. */
function hostProblem(host: string): FieldProblem | null {
  return host.startsWith('/') || /^[^\s/@]+$/.test(host) ? null : 'host';
}

function portProblem(value: number | string): FieldProblem | null {
  const port = Number(value);
  if (value === '') return 'required';
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? null : 'port';
}

/** The fields as the host takes them. */
export function formOf({ password, port, host, name, ...rest }: FormValues): ConnectionForm {
  return {
    ...rest,
    name: name.trim(),
    host: host.trim(),
    port: Number(port),
    ...(password !== null && { password }),
  };
}

/** The fields with what a URL says; a connection without a name gets one from it. */
export function withUrl(values: FormValues, parts: UrlParts): FormValues {
  const name = values.name || [parts.database, parts.host].filter(Boolean).join(' @ ').slice(0, 60);
  return { ...values, ...parts, name };
}
