import { expect, test } from 'vitest';
import { errorAction } from '#contract/error-actions';
import { ERROR_CODES } from '#contract/errors';
import { errors as en } from '#renderer/i18n/en/errors.ts';
import { errors as vi } from '#renderer/i18n/vi/errors.ts';

test('every error has a title and a remedy of its own in both languages', () => {
  for (const code of ERROR_CODES) {
    for (const texts of [en, vi]) {
      expect(texts.title[code].length, code).toBeGreaterThan(10);
      expect(texts.remedy[code], code).toMatch(/\.$/);
    }
    expect(vi.title[code], code).not.toBe(en.title[code]);
    expect(vi.remedy[code], code).not.toBe(en.remedy[code]);
  }
});

test('an action that leads somewhere has a name in both languages', () => {
  for (const code of ERROR_CODES) {
    const action = errorAction(code);
    if (action === null || action === 'retry') continue;
    expect([en.action[action], vi.action[action]]).not.toContain(undefined);
  }
});
