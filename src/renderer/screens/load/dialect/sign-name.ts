import { useTranslation } from 'react-i18next';

const NAMED = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  ' ': 'space',
  '"': 'double',
  "'": 'single',
} as const;

/** What a sign is called; one without a name stands for itself. */
export function useSignName(): (sign: string | null) => string {
  const { t } = useTranslation();
  return (sign) => {
    if (sign === null || sign === '') return t('load.dialect.sign.none');
    const name = Object.hasOwn(NAMED, sign) ? NAMED[sign as keyof typeof NAMED] : null;
    return name === null ? sign : t(`load.dialect.sign.${name}`);
  };
}
