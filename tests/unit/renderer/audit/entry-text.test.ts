import { createInstance } from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { settingsSchema } from '#contract/api/settings';
import { en } from '#renderer/i18n/en/index.ts';
import { vi } from '#renderer/i18n/vi/index.ts';
import { factLabel } from '#renderer/screens/audit/fact-names.ts';

const i18n = createInstance();
beforeAll(() => i18n.init({ lng: 'en', resources: { en: { translation: en }, vi: { translation: vi } } }));

test('every setting that changes is named in words, in both languages', () => {
  const names = Object.keys(settingsSchema.shape);
  const [english, vietnamese] = ['en', 'vi'].map((language) => {
    const t = i18n.getFixedT(language);
    return names.map((name) => factLabel(name, t));
  });
  expect(english?.filter((label, i) => label === names[i])).toEqual([]);
  expect(vietnamese?.filter((label, i) => label === names[i] || label === english?.[i])).toEqual([]);
});
