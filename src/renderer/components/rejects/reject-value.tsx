import { Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { visibleSpaces } from '../visible-spaces.ts';

/** A raw value as it stood in the source. White space is made visible where there is nothing else to see. */
export function RejectValue({ value }: { readonly value: string | undefined }) {
  const { t } = useTranslation();
  if (value === undefined) return <Faint text={t('rejects.noValue')} />;
  if (value === '') return <Faint text={t('rejects.emptyValue')} />;
  if (value.trim() !== '') return <Code className="wrap-anywhere">{value}</Code>;
  return (
    <Text span fz="sm">
      <Code aria-hidden>{visibleSpaces(value)}</Code> <Faint text={t('rejects.spaces')} />
    </Text>
  );
}

function Faint({ text }: { readonly text: string }) {
  return (
    <Text span fz="sm" c="dimmed" fs="italic">
      {text}
    </Text>
  );
}
