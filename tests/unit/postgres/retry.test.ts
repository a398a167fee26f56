import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { LoadstoneError } from '#contract/errors';
import { type RetryNotice, retryTransient } from '#engine/postgres/retry';
import { toLoadstoneError } from '#engine/postgres/server-errors';
import { isTransient } from '#engine/postgres/transient';

function serverError(code: string): Error {
  return Object.assign(new pg.DatabaseError('from the server', 0, 'error'), { code, severity: 'ERROR' });
}

function socketError(code: string, syscall = 'read'): Error {
  return Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
}

describe('isTransient', () => {
  it.each([
    '08000',
    '08001',
    '08003',
    '08004',
    '08006',
    '08007',
    '40001',
    '40P01',
    '53300',
    '55P03',
    '57P01',
    '57P02',
    '57P03',
    '57P05',
  ])('holds for SQLSTATE %s', (code) => {
    expect(isTransient(serverError(code))).toBe(true);
  });

  it.each([
    '08P01',
    '22001',
    '23505',
    '25P02',
    '28P01',
    '3D000',
    '42501',
    '42601',
    '53100',
    '53200',
    '57014',
    '57P04',
    'XX000',
  ])('does not hold for SQLSTATE %s', (code) => {
    expect(isTransient(serverError(code))).toBe(false);
  });

  it.each([
    [socketError('ECONNRESET'), true],
    [socketError('EPIPE', 'write'), true],
    [socketError('ECONNREFUSED', 'connect'), true],
    [socketError('ENOENT', 'connect'), true],
    [socketError('ENOENT', 'open'), false],
    [socketError('ENOTFOUND', 'getaddrinfo'), false],
    [new Error('Connection terminated unexpectedly'), true],
    [new Error('Client has encountered a connection error and is not queryable'), true],
    [new Error('Client was closed and is not queryable'), false],
    [new Error('something else'), false],
    ['not an error', false],
    [new LoadstoneError({ code: 'SERVER_LOST', message: 'm', remedy: 'r', retryable: true }), true],
    [new LoadstoneError({ code: 'DISK_FULL', message: 'm', remedy: 'r' }), false],
  ])('of %o is %s', (thrown, expected) => {
    expect(isTransient(thrown)).toBe(expected);
  });

  it('survives the translation into our own error', () => {
    for (const thrown of [serverError('40P01'), serverError('23505'), socketError('ECONNRESET')]) {
      expect(toLoadstoneError(thrown, { action: 'merge' }).retryable).toBe(isTransient(thrown));
    }
  });
});

describe('toLoadstoneError', () => {
  it.each([
    [serverError('28P01'), 'AUTH_FAILED'],
    [serverError('28000'), 'AUTH_FAILED'],
    [serverError('3D000'), 'DATABASE_MISSING'],
    [serverError('42501'), 'PERMISSION_DENIED'],
    [serverError('53100'), 'DISK_FULL'],
    [serverError('57P01'), 'SERVER_LOST'],
    [serverError('57P02'), 'SERVER_LOST'],
    [serverError('08006'), 'SERVER_LOST'],
    [serverError('23505'), 'DATABASE_ERROR'],
    [socketError('ECONNRESET'), 'SERVER_LOST'],
    [new Error('Connection terminated unexpectedly'), 'SERVER_LOST'],
    [socketError('ECONNREFUSED', 'connect'), 'SERVER_UNREACHABLE'],
    [new TypeError('x is not a function'), 'INTERNAL'],
  ])('of %s has the code %s', (thrown, code) => {
    expect(toLoadstoneError(thrown, { action: 'merge table x' })).toMatchObject({ code, cause: thrown });
  });

  it('states action, place, the words of the server and its SQLSTATE', () => {
    const thrown = Object.assign(serverError('23505'), {
      message: 'duplicate key value violates unique constraint "canhan_pkey"',
      detail: 'Key (id)=(1) already exists.',
    });
    const target = { host: 'db.example', port: 5432, database: 'land', user: 'loader' };
    expect(toLoadstoneError(thrown, { action: 'merge table canhan', target }).toFacts()).toEqual({
      code: 'DATABASE_ERROR',
      message:
        'Could not merge table canhan (PostgreSQL at db.example:5432, database land, user loader): duplicate key value violates unique constraint "canhan_pkey"; Key (id)=(1) already exists (SQLSTATE 23505).',
      remedy: "The server refused the statement: correct what it names, or ask the database's owner.",
      retryable: false,
      sqlState: '23505',
    });
  });

  it('leaves our own errors as they are', () => {
    const ours = new LoadstoneError({ code: 'STAGING_LOST', message: 'm', remedy: 'r' });
    expect(toLoadstoneError(ours, { action: 'x' })).toBe(ours);
  });
});

describe('retryTransient', () => {
  it('doubles the bound of the pause up to its cap, and draws the pause evenly below it', async () => {
    const notices: RetryNotice[] = [];
    const failure = serverError('40001');
    const work = retryTransient(() => Promise.reject(failure), {
      attempts: 6,
      baseMs: 4,
      capMs: 20,
      random: () => 0.5,
      onRetry: (notice) => notices.push(notice),
    });
    await expect(work).rejects.toBe(failure);
    expect(notices.map(({ attempt, delayMs }) => [attempt, delayMs])).toEqual([
      [1, 2],
      [2, 4],
      [3, 8],
      [4, 10],
      [5, 10],
    ]);
  });

  it('gives the result of the first attempt that succeeds', async () => {
    const tried: number[] = [];
    const result = await retryTransient(
      async (attempt) => {
        tried.push(attempt);
        if (attempt < 3) throw socketError('ECONNRESET');
        return 'loaded';
      },
      { baseMs: 1 },
    );
    expect({ result, tried }).toEqual({ result: 'loaded', tried: [1, 2, 3] });
  });

  it('does not repeat what would fail again', async () => {
    let calls = 0;
    const failure = serverError('23505');
    await expect(
      retryTransient(() => {
        calls += 1;
        return Promise.reject(failure);
      }),
    ).rejects.toBe(failure);
    expect(calls).toBe(1);
  });

  it('ends during a pause when aborted, with the reason', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const started = Date.now();
    const work = retryTransient(() => Promise.reject(serverError('40P01')), {
      signal: controller.signal,
      baseMs: 60_000,
      capMs: 60_000,
      random: () => 0.99,
      onRetry: () => setTimeout(() => controller.abort(reason), 20),
    });
    await expect(work).rejects.toBe(reason);
    expect(Date.now() - started).toBeLessThan(5_000);
  });
});
