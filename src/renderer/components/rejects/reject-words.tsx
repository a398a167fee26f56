import { Text, type TextProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Mapping } from '#contract/mapping';
import type { RejectEntry } from '#contract/rejects';
import { columnFacts } from './column-facts.ts';
import { needsWords, rejectSentence } from './reject-sentence.ts';

interface RejectWordsProps extends TextProps {
  readonly entry: RejectEntry;
  /** That the rows were made with; null: not known. */
  readonly mapping: Mapping | null;
}

/** What is wrong with a value, in the reader's language; what the database or the parser said, where only that tells. */
export function RejectWords({ entry, mapping, ...text }: RejectWordsProps) {
  const { t } = useTranslation();
  const sentence = rejectSentence(entry, columnFacts(mapping, entry.table, entry.column));
  const { key, values, count } = sentence;
  return (
    <>
      <Text fz="sm" className="wrap-anywhere" {...text}>
        {t(`rejects.says.${key}`, { ...values, count })}
      </Text>
      {needsWords(entry, sentence) ? (
        <Text span display="block" fz="xs" c="dimmed" className="wrap-anywhere" lang="en">
          {entry.message}
        </Text>
      ) : null}
    </>
  );
}
