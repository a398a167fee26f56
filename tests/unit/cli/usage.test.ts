import { describe, expect, test } from 'vitest';
import { runCli } from '#cli/run-cli';
import { recordingContext } from './recording-context.ts';

async function run(...words: readonly string[]) {
  const { context, out, err } = recordingContext();
  const code = await runCli(words, context);
  return { code, out: out(), err: err() };
}

describe('wrong words end with exit code 2 and say what is accepted', () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [
      ['load', 'x', '--workers', 'many'],
      'USAGE: --workers does not accept "many".\n  Give a whole number from 1 to 64.\n',
    ],
    [['load', 'x', '--workers', '0'], 'USAGE: --workers does not accept "0".\n  Give a whole number from 1 to 64.\n'],
    [['load', 'x', '--pool', '1e3'], 'USAGE: --pool does not accept "1e3".\n  Give a whole number from 2 to 100.\n'],
    [
      ['load', 'x', '--batch-size', '-5'],
      'USAGE: --batch-size does not accept "-5".\n  Give a whole number from 1 to 1000000.\n',
    ],
    [
      ['load', 'x', '--limit', '2.5'],
      'USAGE: --limit does not accept "2.5".\n  Give a whole number from 1 to 1000000000.\n',
    ],
    [
      ['load', '.', '--mapping', 'vn-land-records', '--review', '--dry-run'],
      'USAGE: --review and --dry-run contradict each other: a dry run leaves nothing that could wait.\n  Leave one of them out.\n',
    ],
    [
      ['load', 'x', '--on-error', 'stop'],
      'USAGE: --on-error does not accept "stop".\n  Give one of row, file, abort.\n',
    ],
    [
      ['load', 'x', '--on-conflict', 'replace'],
      'USAGE: --on-conflict does not accept "replace".\n  Give one of skip, overwrite, merge, fail.\n',
    ],
    [
      ['load', 'x', '--max-rejects', '101%'],
      'USAGE: --max-rejects does not accept "101%".\n  Give a number of rows (100) or a share of them (5%).\n',
    ],
    [
      ['load', 'x', '--log-level', 'loud'],
      'USAGE: --log-level does not accept "loud".\n  Give one of debug, info, warn, error, silent.\n',
    ],
    [
      ['load', 'x', '--schema', ''],
      'USAGE: --schema does not accept "".\n  Give the name of a schema, of 1 to 63 bytes.\n',
    ],
    [
      ['load', 'x', '--mappings', 'm'],
      'USAGE: Unknown option \'--mappings\'.\n  Did you mean --mapping? See "loadstone load --help".\n',
    ],
    [
      ['infer', 'x', '--sample', 'much'],
      'USAGE: --sample does not accept "much".\n  Give a size such as 500kB, 200MB or 1GB.\n',
    ],
    [['infer', 'x', '--format', 'pdf'], 'USAGE: --format does not accept "pdf".\n  Give one of xml, csv, json.\n'],
    [['load'], 'USAGE: Missing required argument \'path\'.\n  See "loadstone load --help".\n'],
    [['lod', 'x'], 'USAGE: Unknown command \'lod\'.\n  Did you mean load? See "loadstone --help".\n'],
    [
      ['jobs', 'remove'],
      'USAGE: There is no "jobs remove".\n  After "jobs" comes list, show, review, resolve, resolutions, merge, resume, discard, undo, cancel, trace, prune, or nothing.\n',
    ],
    [
      ['jobs', 'undo', 'seven'],
      'USAGE: "seven" is not the number of a job.\n  Give a number as "loadstone jobs" lists it.\n',
    ],
    [
      ['tables', 'create', '--policy', 'grow'],
      'USAGE: --policy does not accept "grow".\n  Give one of evolve, freeze, discard-column.\n',
    ],
    [
      ['tables', 'create', '--policy', 'freeze', '--ddl', 'x.sql'],
      'USAGE: --ddl changes tables, and the policy freeze changes none.\n  Leave out one of the two.\n',
    ],
    [
      ['load', 'x', '--mapping', 'vn-land-records', '--resolutions', '/nowhere/r.json'],
      'RESOLUTIONS_INVALID: "/nowhere/r.json" is not a file that can be read. Nothing was loaded.\n  Give a file of resolutions; docs/resolutions.md has examples.\n',
    ],
    [['rejects', '7', '8'], 'USAGE: "rejects" takes one job, not "7 8".\n  See "loadstone rejects --help".\n'],
  ];
  test.each(cases)('%j', async (words, err) => {
    expect(await run(...words)).toEqual({ code: 2, out: '', err });
  });

  test('a preview without a mapping names the presets', async () => {
    expect(await run('preview', 'x')).toEqual({
      code: 2,
      out: '',
      err:
        'USAGE: No mapping is named.\n' +
        '  Add --mapping with a preset (vn-land-records) or a mapping file; "loadstone infer" writes one.\n',
    });
  });

  test('a mapping that is neither preset nor file is named', async () => {
    const { code, err } = await run('load', '.', '--mapping', 'vn-land');
    expect({ code, err }).toEqual({
      code: 2,
      err:
        'MAPPING_NOT_FOUND: "vn-land" is neither a preset nor a file that can be read.\n' +
        '  Give a mapping file, or one of the presets: vn-land-records.\n',
    });
  });

  test('a path that does not exist is named before anything starts', async () => {
    const { code, err } = await run('load', '/no/such folder', '--mapping', 'vn-land-records');
    expect({ code, err }).toEqual({
      code: 2,
      err:
        'PATH_NOT_FOUND: "/no/such folder" does not exist or cannot be read.\n' +
        '  Check the path; one with spaces needs quotes.\n',
    });
  });
});

describe('words of later versions', () => {
  test.each(['api', 'sync', 'export', 'backup', 'restore', 'schedule', 'worker'])(
    '"%s" is known, not there, and not in the help',
    async (word) => {
      expect(await run(word, '--port', '80', 'x')).toEqual({
        code: 2,
        out: '',
        err:
          `USAGE: "${word}" is not part of this version.\n` +
          '  This version has load, infer, preview, tables, jobs, rejects, audit, db and serve: see "loadstone --help".\n',
      });
      expect((await run('--help')).out).not.toMatch(new RegExp(`^  ${word}\\b`, 'm'));
    },
  );
});

describe('--json', () => {
  test('prints one document, also when the words cannot be parsed', async () => {
    const { code, out } = await run('load', '--json', '--wrokers', '3');
    expect({ code, document: JSON.parse(out) }).toEqual({
      code: 2,
      document: {
        error: {
          code: 'USAGE',
          message: "Unknown option '--wrokers'.",
          remedy: 'Did you mean --workers? See "loadstone load --help".',
          retryable: false,
        },
      },
    });
  });

  test('is no option after "--"', async () => {
    expect(await run('load', '--mapping', 'vn-land-records', '--', '--json')).toMatchObject({ code: 2, out: '' });
  });
});

describe('help', () => {
  const commands = [
    [],
    ['load'],
    ['preview'],
    ['tables'],
    ['tables', 'create'],
    ['tables', 'diff'],
    ['jobs'],
    ['jobs', 'list'],
    ['jobs', 'show'],
    ['jobs', 'resume'],
    ['jobs', 'discard'],
    ['jobs', 'undo'],
    ['jobs', 'cancel'],
    ['jobs', 'trace'],
    ['jobs', 'prune'],
    ['rejects'],
    ['rejects', 'list'],
    ['rejects', 'retry'],
    ['db'],
    ['db', 'start'],
    ['db', 'stop'],
    ['db', 'status'],
    ['db', 'url'],
  ];
  test.each(commands.map((words) => [words.join(' '), words]))('of "%s" shows examples on stdout', async (_, words) => {
    const { code, out, err } = await run(...(words as string[]), '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/\nExamples:\n {2}\S/);
  });

  test('--version prints the version', async () => {
    expect(await run('--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' });
  });

  test.each([[[]], [['db']], [['tables']]])('%j alone shows the help on stderr and is wrong usage', async (words) => {
    const { code, out, err } = await run(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^Usage: loadstone/);
  });
});
