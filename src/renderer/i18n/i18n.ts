import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en/index.ts';
import { vi } from './vi/index.ts';

export type Language = 'vi' | 'en';

export const i18n = createInstance();

/** Starts with the system's language, until the settings say another. */
export function startI18n(): void {
  void i18n.use(initReactI18next).init({
    lng: systemLanguage(),
    fallbackLng: 'en',
    resources: { en: { translation: en }, vi: { translation: vi } },
    // React escapes.
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  });
  followLanguage(systemLanguage());
  i18n.on('languageChanged', followLanguage);
}

export function systemLanguage(): Language {
  const first = navigator.languages.find((tag) => /^(vi|en)\b/i.test(tag));
  return first?.toLowerCase().startsWith('vi') ? 'vi' : 'en';
}

function followLanguage(language: string): void {
  document.documentElement.lang = language;
}
