import type { TableName } from '#contract/api/catalog';
import { LoadstoneError } from '#contract/errors';

export function tableMissing({ schema, table }: TableName): LoadstoneError {
  return new LoadstoneError({
    code: 'DATABASE_ERROR',
    message: `There is no table or view ${schema}.${table} in the database (any more).`,
    remedy: 'Read the list of tables again.',
    sqlState: '42P01',
  });
}
