import { describe, expect, it } from 'vitest';
import { isCrossSite, isOwnHost, isOwnOrigin } from '#server/origin-rules';
import { isSecret } from '#server/session';

describe('whose page asks', () => {
  it.each([
    ['127.0.0.1:4000', true],
    ['localhost:4000', true],
    ['127.0.0.1', false],
    ['localhost:4001', false],
    ['127.0.0.1:40000', false],
    ['127.0.0.1.evil.test:4000', false],
    ['evil.test:4000', false],
    ['[::1]:4000', false],
    ['LOCALHOST:4000', false],
    [undefined, false],
  ])('the Host %j is ours: %j', (host, isOurs) => {
    expect(isOwnHost({ host }, 4000)).toBe(isOurs);
  });

  it.each([
    ['http://127.0.0.1:4000', true],
    ['http://localhost:4000', false],
    ['https://127.0.0.1:4000', false],
    ['http://127.0.0.1:4001', false],
    ['null', false],
    ['', false],
    [undefined, false],
  ])('the Origin %j is ours: %j', (origin, isOurs) => {
    expect(isOwnOrigin({ host: '127.0.0.1:4000', origin })).toBe(isOurs);
  });

  it('takes another port of this machine for another site', () => {
    const said = ['same-origin', 'none', 'same-site', 'cross-site', undefined];
    expect(said.map((site) => isCrossSite({ 'sec-fetch-site': site }))).toEqual([false, false, true, true, false]);
  });
});

describe('a secret', () => {
  it('is recognised whole only', () => {
    const given = ['secret', 'secre', 'secret ', '', undefined, ['secret']];
    expect(given.map((text) => isSecret(text, 'secret'))).toEqual([true, false, false, false, false, false]);
  });
});
