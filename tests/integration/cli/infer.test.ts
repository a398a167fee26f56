import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDatabase, embeddedServer, type TestDatabase } from '#tests/helpers/database';
import { CommandLine, urlOf } from './command-line.ts';

const INVOICES = join(import.meta.dirname, '../../fixtures/infer/invoices');

let database: TestDatabase;
let cli: CommandLine;

beforeEach(async () => {
  database = await createDatabase(embeddedServer());
  cli = new CommandLine({ PGPASSWORD: database.target.password });
});
afterEach(async () => {
  await cli.dispose();
  await database.drop();
});

describe('loading what nobody has described', () => {
  test('takes a yes: then everything is loaded with the inferred mapping', async () => {
    const to = ['--to', urlOf(database.target)];
    const asked = await cli.json('load', INVOICES, ...to);
    expect({ code: asked.code, error: asked.document.error.code }).toEqual({ code: 2, error: 'USAGE' });
    const { code, document } = await cli.json('load', INVOICES, ...to, '--yes');
    expect({ code, files: document.files.loaded, rejects: document.rejects.total }).toEqual({
      code: 0,
      files: 24,
      rejects: 0,
    });
    const [row] = await database.query('select count(*)::int as n from invoice');
    expect(row).toEqual({ n: 24 });
  });

  test('or the mapping that infer wrote', async () => {
    const file = join(cli.home, 'invoices.json');
    const written = await cli.run('infer', INVOICES, '--out', file);
    expect({ code: written.code, out: written.out }).toEqual({ code: 0, out: '' });
    const { code } = await cli.json('load', INVOICES, '--to', urlOf(database.target), '--mapping', file);
    const [row] = await database.query('select count(*)::int as n from invoiceline');
    expect({ code, row }).toEqual({ code: 0, row: { n: 74 } });
  });
});
