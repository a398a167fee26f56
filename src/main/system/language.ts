import type { LANGUAGES } from '#contract/api/settings';
import { en, vi, type Words } from './words.ts';

type LanguageCode = (typeof LANGUAGES)[number];

/** The language of what the shell itself says: the one that was set, else the system's. */
export interface Speech {
  readonly words: Words;
  readonly code: LanguageCode;
  set(code: LanguageCode | null): void;
}

/** @param systemLocale as `vi-VN` */
export function openSpeech(systemLocale: string): Speech {
  const own: LanguageCode = systemLocale.toLowerCase().startsWith('vi') ? 'vi' : 'en';
  let code = own;
  return {
    get words() {
      return code === 'vi' ? vi : en;
    },
    get code() {
      return code;
    },
    set: (chosen) => {
      code = chosen ?? own;
    },
  };
}
