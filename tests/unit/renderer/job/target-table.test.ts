import { describe, expect, it } from 'vitest';
import { connectionSlug, tableAddress, targetTable } from '#renderer/screens/job/model/target-table.ts';

describe('where a table of the mapping stands', () => {
  it('is folded to lower case as PostgreSQL does, unless names are quoted', () => {
    expect(targetTable('CaNhan', { schema: null, quoteNames: false })).toEqual({ schema: 'public', table: 'canhan' });
    expect(targetTable('CaNhan', { schema: null, quoteNames: true })).toEqual({ schema: 'public', table: 'CaNhan' });
  });

  it('is in the schema its name says, else in the one of the load', () => {
    expect(targetTable('Land.Plot', { schema: 'other', quoteNames: false })).toEqual({ schema: 'land', table: 'plot' });
    expect(targetTable('plot', { schema: 'other', quoteNames: false })).toEqual({ schema: 'other', table: 'plot' });
  });

  it('has an address that any name survives', () => {
    expect(tableAddress('embedded', { schema: 'a/b', table: 'thửa đất' })).toBe(
      '/tables/embedded/a%2Fb/th%E1%BB%ADa%20%C4%91%E1%BA%A5t',
    );
  });

  it('is on the saved connection to the same server, if there is one', () => {
    const ref = { kind: 'server', host: 'db', port: 5432, database: 'land', user: 'me', ssl: 'prefer' } as const;
    const saved = [{ id: 'x1', name: 'Land', ref, password: 'none' as const }];
    expect(connectionSlug(ref, saved)).toBe('x1');
    expect(connectionSlug({ ...ref, ssl: 'require' }, saved)).toBe('x1');
    expect(connectionSlug({ ...ref, database: 'other' }, saved)).toBeNull();
    expect(connectionSlug({ kind: 'embedded' }, saved)).toBe('embedded');
  });
});
