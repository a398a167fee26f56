import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import classes from './ddl-view.module.css';
import { sqlTokens } from './sql-tokens.ts';

/** The statements that would create what is missing in the target. */
export function DdlView({ ddl }: { readonly ddl: readonly string[] }) {
  const { t } = useTranslation();
  if (ddl.length === 0) return <Text c="dimmed">{t('load.ddl.none')}</Text>;
  const sql = ddl.map((statement) => `${statement.replace(/;\s*$/, '')};`).join('\n\n');
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text fz="sm" c="dimmed">
          {t('load.ddl.hint')}
        </Text>
        <CopyButton value={sql} />
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className={classes.code} tabIndex={0}>
        <code>
          {sqlTokens(sql).map(({ kind, text }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
            <span key={at} data-kind={kind}>
              {text}
            </span>
          ))}
        </code>
      </pre>
    </Stack>
  );
}
