import { Autocomplete } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { GuessNote, ORDER } from './guess-note.tsx';
import { saidValue } from './said.ts';
import type { Saying } from './saying.ts';
import { useTyped } from './use-typed.ts';

/** Those that are met; any other name may be typed. */
export const ENCODINGS = [
  'UTF-8',
  'UTF-16LE',
  'UTF-16BE',
  'windows-1258',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'ISO-8859-1',
  'ISO-8859-15',
  'TCVN',
  'VISCII',
  'GB18030',
  'Big5',
  'Shift_JIS',
  'EUC-KR',
] as const;

export function EncodingField(saying: Saying) {
  const { t } = useTranslation();
  const label = t('load.dialect.encoding');
  const now = saidValue(saying.said, 'encoding') ?? saying.read?.encoding.value ?? '';
  const [typed, type] = useTyped(now, (name) => saying.tell('encoding', name.trim() || undefined));
  return (
    <Autocomplete
      label={label}
      value={typed}
      data={[...ENCODINGS]}
      filter={({ options }) => options}
      onChange={type}
      spellCheck={false}
      maxDropdownHeight={260}
      description={<GuessNote {...saying} of="encoding" label={label} show={String} />}
      inputWrapperOrder={ORDER}
    />
  );
}
