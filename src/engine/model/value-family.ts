import { parseColumnType } from './column-type.ts';

/** Types whose values convert into each other without loss but for their size, named by the widest of them. */
export function valueFamily(type: string): string {
  const parsed = parseColumnType(type, '');
  switch (parsed.kind) {
    case 'varchar':
    case 'char':
      return 'text';
    case 'smallint':
    case 'integer':
    case 'bigint':
      return 'numeric';
    case 'real':
      return 'double precision';
    case 'array':
      return `${valueFamily(parsedElement(type))}[]`;
    case 'time':
    case 'timestamp':
    case 'timestamptz':
    case 'text':
    case 'numeric':
    case 'double precision':
    case 'boolean':
    case 'date':
    case 'uuid':
    case 'json':
    case 'jsonb':
    case 'bytea':
      return parsed.kind;
    default:
      return parsed satisfies never;
  }
}

function parsedElement(type: string): string {
  return type.replace(/(\s*\[\s*\d*\s*\])+\s*$/, '');
}

/** Whether a value of one column may fill another by SQL alone: everything can be written as text. */
export function canFill(type: string, from: string): boolean {
  const wanted = valueFamily(type);
  return wanted === 'text' || wanted === valueFamily(from);
}
