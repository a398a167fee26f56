import { describe, expect, test } from 'vitest';
import { renderError } from '#cli/render/error-text';
import { renderCancelled, renderJob, renderJobs } from '#cli/render/jobs';
import { renderLoadSummary } from '#cli/render/load-summary';
import { bytes, seconds } from '#cli/render/numbers';
import { barLine, plainLine } from '#cli/render/progress-line';
import { renderMatching } from '#cli/render/review';
import { renderTable } from '#cli/render/text-table';
import { renderTrace } from '#cli/render/trace';
import { renderPruned, renderUndo } from '#cli/render/undo';
import { renderUnmerged } from '#cli/render/unmerged';
import { cellWidth, clip, visible } from '#cli/render/visible';
import type { JobProgress } from '#contract/jobs';
import type { LoadReport } from '#contract/load';
import { mappingSchema } from '#contract/mapping';
import type { UndoConflict } from '#contract/undo';
import type { JobRecord } from '#host/job-host';

const report: LoadReport = {
  job: '7',
  state: 'succeeded_with_rejects',
  files: {
    found: 21,
    loaded: 18,
    unchanged: 1,
    failed: 2,
    skipped: [
      { path: 'a.pdf', reason: 'not an XML file' },
      { path: 'xml/b.xml', reason: 'outside */xml/**/*.xml' },
      { path: 'c.pdf', reason: 'not an XML file' },
    ],
    skippedCount: 3,
    failures: [
      {
        path: '1. Xa Mau/xml/12.xml',
        line: 4,
        column: 611,
        code: 'XML_NOT_WELL_FORMED',
        message: 'Unexpected end tag.',
      },
      { path: '1. Xa Mau/xml/13.xml', code: 'EMPTY_FILE', message: 'The file is empty.' },
    ],
  },
  tables: {
    canhan: { read: 1180, inserted: 1170, updated: 0, unchanged: 8, skipped: 2, rejected: 0 },
    thuadat: { read: 20, inserted: 17, updated: 0, unchanged: 0, skipped: 0, rejected: 3 },
  },
  rejects: {
    total: 3,
    byReason: { BAD_VALUE: 2, MISSING_REFERENCE: 1 },
    sample: [
      {
        path: 'x.xml',
        line: 1,
        table: 'thuadat',
        column: 'dienTich',
        field: 'dienTich',
        value: 'a\u001b[2Jbc',
        code: 'BAD_VALUE',
        message: 'is not a number',
      },
      { path: 'y.xml', line: 2, table: 'thuadat', code: 'MISSING_REFERENCE', message: 'No person 42' },
    ],
  },
  conflicts: { insideLoad: 0, sample: [] },
  warnings: [
    { code: 'REFERENCE_NULLED', count: 1 },
    {
      code: 'UNMAPPED_COLUMNS',
      count: 3,
      names: [
        { name: 'brand\tnew', files: 1, path: 'a.csv' },
        { name: 'note', files: 12, path: 'b.csv' },
      ],
    },
  ],
  bytes: 123456,
  seconds: 1.23,
  undo: 'loadstone jobs undo 7',
};

describe('the summary of a load', () => {
  test('tells totals, failed files with their place, rejects, warnings and what to do next', () => {
    expect(renderLoadSummary(report, { job: '7', dryRun: false, colour: false })).toBe(`\
Load 7 is done, with rejects: 18 of 21 files loaded, 1 unchanged since an earlier load, 2 failed (123.5 kB in 1.2 s).

  table     read  inserted  updated  unchanged  skipped  rejected
  canhan   1,180     1,170        0          8        2         0
  thuadat     20        17        0          0        0         3
  total    1,200     1,187        0          8        2         3

Failed files
  1. Xa Mau/xml/12.xml:4:611  XML_NOT_WELL_FORMED  Unexpected end tag.
  1. Xa Mau/xml/13.xml  EMPTY_FILE  The file is empty.

3 rows rejected: 2 BAD_VALUE, 1 MISSING_REFERENCE
  x.xml:1  thuadat.dienTich = "a\\u001b[2Jbc"  BAD_VALUE  is not a number
  y.xml:2  thuadat  MISSING_REFERENCE  No person 42
  …

Warnings: 1 REFERENCE_NULLED, 3 UNMAPPED_COLUMNS
  in no table, so not loaded: brand\\tnew (a.csv), note (12 files, the first is b.csv), …

3 files left out
  2: not an XML file (a.pdf, …)
  1: outside */xml/**/*.xml (xml/b.xml)

See the rejects: loadstone rejects 7
Undo this load:  loadstone jobs undo 7
`);
  });

  test('of a clean load is short', () => {
    const { undo: _, ...done } = report;
    const clean: LoadReport = {
      ...done,
      state: 'succeeded',
      files: { found: 1, loaded: 1, unchanged: 0, failed: 0, skipped: [], skippedCount: 0, failures: [] },
      tables: { canhan: { read: 1, inserted: 1, updated: 0, unchanged: 0, skipped: 0, rejected: 0 } },
      rejects: { total: 0, byReason: {}, sample: [] },
      conflicts: { insideLoad: 0, sample: [] },
      warnings: [],
    };
    expect(renderLoadSummary(clean, { job: '8', dryRun: true, colour: false })).toBe(`\
Dry run 8 is done: 1 of 1 file loaded (123.5 kB in 1.2 s).

  table   read  inserted  updated  unchanged  skipped  rejected
  canhan     1         1        0          0        0         0
`);
  });

  test('of a cancelled load says what is staged and that nothing is merged', () => {
    const text = renderUnmerged({ job: '7', state: 'cancelled', progress, dryRun: false });
    expect(text).toBe(`\
Load 7 was cancelled: 1,230 of 5,000 files staged, 4 failed, 98,765 rows, 3 rejected. Nothing was merged.

Go on where it stopped:  loadstone jobs resume 7
Drop what is staged:     loadstone jobs discard 7
`);
  });
});

const progress: JobProgress = {
  phase: 'stage',
  files: { done: 1234, total: 5000, failed: 4 },
  bytes: { done: 5_000_000, total: 20_000_000 },
  rows: 98765,
  rejected: 3,
  tables: {},
  rowsPerSecond: 43210,
  bytesPerSecond: 0,
  workers: 2,
  leases: 3,
};

describe('progress', () => {
  test('is a bar on a terminal, by bytes', () => {
    expect(barLine(progress, 120)).toBe(
      'staging  [######------------------]  25%  1,234 of 5,000 files, 4 failed, 98,765 rows, 43,210 rows/s, 3 rejected',
    );
  });

  test('never takes more than the width it has', () => {
    expect([20, 40, 69, 70, 200].map((columns) => barLine(progress, columns).length < columns)).toEqual(
      Array(5).fill(true),
    );
  });

  test('is a whole line elsewhere', () => {
    expect(plainLine({ ...progress, phase: 'merge', table: 'canhan' })).toBe(
      'merging canhan: 1,234 of 5,000 files, 4 failed, 98,765 rows, 3 rejected',
    );
    const merge = { done: 40_000, total: 98_765, part: 'write' } as const;
    expect(plainLine({ ...progress, phase: 'merge', table: 'canhan', merge })).toBe(
      'merging canhan: 40,000 of 98,765 rows',
    );
    expect(plainLine({ ...progress, phase: 'merge', merge: { ...merge, part: 'keys' } })).toBe(
      'building keys and references: 40,000 of 98,765 rows',
    );
    expect(plainLine(progress)).toBe(
      'staging: 1,234 of 5,000 files, 4 failed, 98,765 rows, 43,210 rows/s, 3 rejected (5.0 MB of 20.0 MB)',
    );
  });
});

describe('an error', () => {
  const facts = { code: 'XML_NOT_WELL_FORMED', message: 'No.', remedy: 'Repair it.', retryable: false } as const;
  test('has its code, place, message and remedy', () => {
    expect(renderError({ ...facts, place: { path: 'a b.xml', line: 4, column: 611 } })).toBe(
      'XML_NOT_WELL_FORMED: a b.xml:4:611: No.\n  Repair it.\n',
    );
  });

  test('names its place once, and the SQLSTATE', () => {
    expect(renderError({ ...facts, message: 'm.json: bad.', place: { path: 'm.json' }, sqlState: '53300' })).toBe(
      'XML_NOT_WELL_FORMED: m.json: bad. (SQLSTATE 53300)\n  Repair it.\n',
    );
  });
});

describe('text from files', () => {
  test('cannot drive the terminal', () => {
    expect(visible('a\u001b[31m\u0007\r\nb\u202ec\u0085')).toBe('a\\u001b[31m\\u0007\\r\\nb\\u202ec\\u0085');
  });

  test('is aligned by the cells it takes', () => {
    expect(['Nguyễn', 'Nguye\u0302\u0303n', '大字コード'].map(cellWidth)).toEqual([6, 6, 10]);
    expect(
      renderTable(
        [{ title: 'tên' }, { title: 'n', right: true }],
        [
          ['大字', '1'],
          ['Nguye\u0302\u0303n', null],
        ],
      ),
    ).toBe('  tên     n\n  大字    1\n  Nguye\u0302\u0303n\n');
  });

  test('is cut with an ellipsis where it is too wide', () => {
    expect([clip('abcdef', 6), clip('abcdefg', 6), clip('大字コード', 6)]).toEqual(['abcdef', 'abcde…', '大字…']);
  });
});

test('sizes and times are short', () => {
  expect([0, 999, 1000, 999_949, 999_950, 12_345_678_901].map(bytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '999.9 kB',
    '1.0 MB',
    '12.3 GB',
  ]);
  expect([0.04, 9.96, 12.4, 59.6, 200, 7500].map(seconds)).toEqual([
    '0.0 s',
    '10.0 s',
    '12 s',
    '1 min 0 s',
    '3 min 20 s',
    '2 h 5 min',
  ]);
});

describe('jobs', () => {
  const mapping = mappingSchema.parse({
    version: 1,
    name: 'vn-land-records',
    source: { format: 'xml' },
    tables: [{ name: 't', columns: [{ name: 'a', type: 'text' }] }],
  });
  const at = new Date(2026, 10, 22, 0, 24, 7).toISOString();
  const job: JobRecord = {
    number: 7,
    loadId: '11111111-2222-4333-8444-555555555555',
    kind: 'load',
    state: 'succeeded_with_rejects',
    spec: {
      loadId: '11111111-2222-4333-8444-555555555555',
      paths: ['/data/a b'],
      mapping,
      connection: { kind: 'server', host: 'db', port: 5432, database: 'land', user: 'me', ssl: 'prefer' },
      schema: 's',
      onError: 'row',
      workers: 2,
      batchSize: 20000,
      dryRun: false,
      skipLoaded: true,
    },
    createdAt: at,
    startedAt: at,
    endedAt: at,
    report,
    error: null,
    busyWith: null,
    review: null,
    approval: null,
  };

  test('are listed as a table', () => {
    const failed: JobRecord = { ...job, number: 8, state: 'failed', report: null, spec: { ...job.spec, dryRun: true } };
    expect(renderJobs([failed, job])).toBe(`\
  job  kind  state                   when                 mapping          target            rows  rejects
    8  load  failed (dry run)        2026-11-22 00:24:07  vn-land-records  me@db:5432/land
    7  load  succeeded with rejects  2026-11-22 00:24:07  vn-land-records  me@db:5432/land  1,187        3
`);
  });

  test('conflicts that a text is looked for in may be none', () => {
    const of = (table: string | null, matching: number) => renderMatching({ table, columns: [], matching }, 1);
    expect([of(null, 0), of('t', 1), of('t', 3)]).toEqual([
      'No row of the load is in conflict with the target.\n',
      '1 conflict of t.\n',
      '3 conflicts of t, 2 more than are listed: see --limit.\n',
    ]);
  });

  test('a cancel tells of an undo that goes on in another process', () => {
    expect(renderCancelled(job)).toBe('Job 7 is succeeded with rejects.\n');
    expect(renderCancelled({ ...job, busyWith: 'undo' })).toBe(
      'Job 7 is still being undone: that has not ended yet.\n',
    );
  });

  test('one is shown with its settings, history and error', () => {
    const error = { code: 'SERVER_LOST', message: 'Gone.', remedy: 'Resume it.', retryable: true } as const;
    const events = [
      { at, event: 'queued', facts: {} },
      { at, event: 'waiting_for_review', facts: {} },
    ];
    expect(renderJob({ ...job, state: 'failed', report: null, error }, events)).toBe(`\
Job 7
  state:    failed
  mapping:  vn-land-records
  target:   me@db:5432/land, schema s
  path:     /data/a b
  load id:  11111111-2222-4333-8444-555555555555

History
  2026-11-22 00:24:07  queued
  2026-11-22 00:24:07  waiting for review

SERVER_LOST: Gone.
  Resume it.
`);
  });

  const conflict = (number: number, rest: Partial<UndoConflict>): UndoConflict => ({
    ...{ number, table: 'canhan', key: { id: String(number) }, act: 'changed', reason: 'changed_since' },
    ...rest,
  });

  test('an undo tells per table what it took back, and row by row what it left and why', () => {
    const tables = { canhan: { removed: 1170, restored: 2, conflicts: 12 } };
    const loadId = '11111111-2222-4333-8444-555555555555';
    const sample = [
      conflict(1, { by: { loadId, undo: false, path: 'a b.xml', line: 3, job: 9 } }),
      conflict(2, { by: { loadId, undo: true } }),
      conflict(3, { reason: 'referred_to', other: { schema: 's', table: 'hoso', rows: 2 } }),
      conflict(4, { reason: 'former_reference_gone', other: { schema: 's', table: 'thuadat' } }),
      conflict(5, { reason: 'row_gone', key: { commune: 'A\u001b[31m', number: '5' } }),
    ];
    expect(renderUndo(7, { tables, sample })).toBe(`\
Job 7 is undone.

  table   removed  restored  conflicts
  canhan    1,170         2         12

12 rows left as they are:
  canhan id=1: changed since by job 9 (a b.xml:3)
  canhan id=2: changed since by the undo of load 11111111-2222-4333-8444-555555555555
  canhan id=3: 2 rows of hoso refer to it
  canhan id=4: what it referred to in thuadat is not there any more
  canhan commune=A\\u001b[31m number=5: it is not there any more
  … and 7 more
`);
    const one = { canhan: { removed: 0, restored: 0, conflicts: 1 } };
    expect(renderUndo(7, { tables: one, sample: [conflict(1, {})] }, { preview: true })).toBe(`\
An undo of job 7 would do this now; nothing was changed.

  table   removed  restored  conflicts
  canhan        0         0          1

1 row would be left as it is:
  canhan id=1: changed since
`);
  });

  test('what was dropped of old loads is told with what stays and why', () => {
    expect([
      renderPruned({ loads: 2, bytes: 16_384, kept: 1 }, false),
      renderPruned({ loads: 0, bytes: 0, kept: 0 }, false),
      renderPruned({ loads: 1, bytes: 900, kept: 0 }, true),
    ]).toEqual([
      "16.4 kB of 2 loads were dropped. They cannot be undone any more.\n1 old load stays: in use, or an older load's undo needs them.\n",
      'Nothing was dropped.\n',
      '900 B of 1 load would be dropped.\n',
    ]);
  });

  test('a trace names the loads that wrote a row, newest first, and what each changed', () => {
    const event = { loadId: 'l', mapping: 'm', at: '2026-11-22T00:24:07.000Z' };
    const text = renderTrace({
      ...{ schema: 's', table: 't', key: { id: '7' }, found: true, changedSince: true, truncated: false },
      events: [
        { ...event, act: 'changed', job: 3, path: 'b.xml', line: 4, values: [{ column: 'name', old: null, new: 'x' }] },
        { ...event, act: 'inserted', path: 'a.xml', line: 2, undone: { at: event.at, left: 'changed_since' } },
      ],
      forgotten: { loads: 1, until: event.at },
    });
    expect(text.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'TIME')).toBe(`\
s.t  id=7
  Somebody else changed it after these loads.
  TIME  changed by job 3 (m)  b.xml:4
      name: null → "x"
  TIME  inserted by load l (m)  a.xml:2  (undone TIME, this row was left as it was)
  Of 1 load into this table, the newest of TIME, nothing is kept any more: they may have written it.
`);
  });
});
