import { expect, test } from 'vitest';
import { loadRequestSchema } from '#contract/api/job-views';
import type { PreviewReport } from '#contract/api/previews';
import { previewRequestSchema } from '#contract/api/previews';
import { findPreset } from '#contract/presets';
import { sqlTokens } from '#renderer/components/tables/sql-tokens.ts';
import {
  DEFAULT_CHOICES,
  loadRequest,
  previewRequest,
  readMaxRejects,
} from '#renderer/screens/load/review/load-choices.ts';
import { doubts, mustFail } from '#renderer/screens/load/review/outlook.ts';

const mapping = findPreset('vn-land-records') ?? (undefined as never);
const chosen = { paths: ['/data'], mapping, choices: DEFAULT_CHOICES, retry: null };

test.each([
  ['', undefined],
  [' 100 ', { rows: 100 }],
  ['5%', { percent: 5 }],
  ['2,5 %', { percent: 2.5 }],
  ['100.1%', null],
  ['-1', null],
  ['1.5', null],
  ['many', null],
])('"%s" rejects at most is %o', (text, most) => {
  expect(readMaxRejects(text)).toEqual(most);
});

test('what nobody chose is left out of the order', () => {
  expect(loadRequest(chosen, { kind: 'embedded' }, false)).toEqual({
    paths: ['/data'],
    mapping,
    connection: { kind: 'embedded' },
    onError: 'row',
    dryRun: false,
    skipLoaded: true,
  });
});

test('a load is ordered to wait for review, a dry run never is', () => {
  const orders = [false, true].map((dryRun) =>
    loadRequest({ ...chosen, choices: { ...DEFAULT_CHOICES, dryRun } }, { kind: 'embedded' }, true),
  );
  expect(orders.map((order) => loadRequestSchema.parse(order).review)).toEqual([true, undefined]);
});

test('an order with everything chosen is one that the host takes', () => {
  const choices = {
    ...DEFAULT_CHOICES,
    schema: ' Đất ',
    onConflict: 'merge',
    maxRejects: '5%',
    workers: 3,
    dryRun: true,
  } as const;
  const request = loadRequestSchema.parse(loadRequest({ ...chosen, choices }, { kind: 'embedded' }, true));
  const preview = previewRequestSchema.parse(previewRequest({ ...chosen, choices }, 50, 200));
  expect([request, preview]).toMatchObject([
    {
      schema: 'Đất',
      onConflict: 'merge',
      maxRejects: { percent: 5 },
      workers: 3,
      dryRun: true,
      batchSize: 20_000,
    },
    { schema: 'Đất', onConflict: 'merge', rows: 50, limitFiles: 200 },
  ]);
});

test('a retry is ordered as its load was, but for what the form says', () => {
  const order = loadRequestSchema.parse({
    ...{ paths: ['/data'], mapping, connection: { kind: 'embedded' }, batchSize: 7, schema: 'old', onConflict: 'skip' },
    ...{ retry: { loadId: '3f0f3f9e-6a07-4c3c-9d2e-0d4f5d3b1a11' }, onError: 'row', dryRun: false, skipLoaded: true },
  });
  const retry = { job: 7, rows: 12, order };
  const said = { ...chosen, retry, choices: { ...DEFAULT_CHOICES, onConflict: 'merge' } } as const;
  expect(loadRequest(said, { kind: 'embedded' }, false)).toEqual({
    ...{ paths: ['/data'], mapping, connection: { kind: 'embedded' }, batchSize: 7, onConflict: 'merge' },
    ...{ retry: order.retry, onError: 'row', dryRun: false, skipLoaded: true },
  });
  expect(previewRequest(said, 50, null)).toMatchObject({ retry: order.retry, onConflict: 'merge' });
});

test('a form that cannot be read orders nothing', () => {
  const orders = [{ maxRejects: 'many' }, { schema: 'x'.repeat(64) }].map((wrong) =>
    loadRequest({ ...chosen, choices: { ...DEFAULT_CHOICES, ...wrong } }, { kind: 'embedded' }, false),
  );
  expect(orders).toEqual([null, null]);
});

test.each([
  ['TARGET_MISMATCH', false, false, true],
  ['SERVER_UNREACHABLE', true, true, false],
  ['LEASE_TIMEOUT', false, true, false],
  ['CONFLICTS_FOUND', false, false, true],
  ['MISSING_REFERENCES', false, false, false],
  ['MISSING_REFERENCES', false, true, true],
  ['ALL_FILES_FAILED', false, false, false],
] as const)('%s (retryable %s, all files %s): the load must fail is %s', (code, retryable, allFiles, fails) => {
  expect(mustFail({ code, retryable }, allFiles)).toBe(fails);
});

const counts = { read: 40, inserted: 36, updated: 0, unchanged: 0, skipped: 0, rejected: 4 };
const report = {
  rejects: { total: 4, byReason: {}, sample: [] },
  tables: { t: { columns: [], rows: [], counts } },
} as unknown as PreviewReport;

test.each([
  [{}, []],
  [{ onError: 'abort' }, ['abort_on_reject']],
  [{ onError: 'file', maxRejects: '3' }, ['files_refused', 'too_many_rejects']],
  [{ maxRejects: '4' }, []],
  [{ maxRejects: '10%' }, []],
  [{ maxRejects: '9,9%' }, ['too_many_rejects']],
] as const)('%o is doubted for %o when 4 of 40 rows are rejected', (choices, found) => {
  expect(doubts(report, { ...DEFAULT_CHOICES, ...choices })).toEqual(found);
});

test('a statement is coloured without a change', () => {
  const sql = `create table "key" (a text default 'on ''x''' not null, b_key int);`;
  const tokens = sqlTokens(sql);
  expect({
    text: tokens.map(({ text }) => text).join(''),
    names: tokens.filter(({ kind }) => kind === 'name').map(({ text }) => text),
    texts: tokens.filter(({ kind }) => kind === 'text').map(({ text }) => text),
    keywords: tokens.filter(({ kind }) => kind === 'keyword').map(({ text }) => text),
  }).toEqual({
    text: sql,
    names: ['"key"'],
    texts: [`'on ''x'''`],
    keywords: ['create', 'table', 'default', 'not', 'null'],
  });
});
