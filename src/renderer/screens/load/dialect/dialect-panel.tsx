import { Alert, Badge, Group, Loader, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { formatNumber } from '#renderer/format/numbers.ts';
import { useInference } from '../infer/use-inference.ts';
import { setSaid } from '../wizard-store.ts';
import { CommentField, NullsField, SkipField } from './dialect-entries.tsx';
import { DecimalField, DelimiterField, EscapeField, HeaderField, QuoteField } from './dialect-selects.tsx';
import { EncodingField } from './encoding-field.tsx';
import { FileSelect } from './file-select.tsx';
import { RecordsPreview } from './records-preview.tsx';
import { say } from './said.ts';
import type { Saying } from './saying.ts';
import { type Dialect, useDialect } from './use-dialect.ts';

/** How the CSV files are written: what is guessed and how sure that is, what somebody says instead, and what comes of it. */
export function DialectPanel() {
  const { t } = useTranslation();
  const { format } = useInference();
  if (format !== 'csv') return null;
  return (
    <Paper withBorder p={{ base: 'sm', sm: 'md' }} component="section" aria-labelledby="dialect-title">
      <Title order={3} fz="h5" id="dialect-title">
        {t('load.dialect.title')}
      </Title>
      <Text fz="sm" c="dimmed" mb="md">
        {t('load.dialect.subtitle')}
      </Text>
      <Panel />
    </Paper>
  );
}

function Panel() {
  const [path, setPath] = useState<string | null>(null);
  const dialect = useDialect(path);
  const { said, guess, read, error } = dialect;
  const saying: Saying = {
    said,
    guess: guess?.dialect,
    read: read?.dialect,
    tell: (key, value) => setSaid(say(said, key, value), guess?.dialect),
  };
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }} spacing="md" verticalSpacing="sm">
        <DelimiterField {...saying} />
        <QuoteField {...saying} />
        <EscapeField {...saying} />
        <HeaderField {...saying} />
        <SkipField {...saying} />
        <CommentField {...saying} />
        <DecimalField {...saying} />
        <NullsField {...saying} />
        <EncodingField {...saying} />
      </SimpleGrid>
      <FileSelect path={path ?? read?.path ?? null} files={read?.files ?? 0} onPath={setPath} />
      <Status dialect={dialect} />
      {error === null ? null : <ErrorNote error={error} actions={null} />}
      {read === undefined || error !== null ? null : <RecordsPreview read={read} isStale={dialect.isStale} />}
    </Stack>
  );
}

/** Said aloud: that it is read anew, then how much of it is broken. */
function Status({ dialect: { read, isStale, error } }: { readonly dialect: Dialect }) {
  const { t } = useTranslation();
  const broken = read?.records.filter((record) => 'raw' in record).length ?? 0;
  const count = read?.records.length ?? 0;
  return (
    <Group gap="xs" mih={24} role="status">
      {isStale ? <Loader size="xs" aria-hidden /> : null}
      <Text fz="sm" fw={500}>
        {isStale
          ? t('load.dialect.reading')
          : read === undefined || error !== null
            ? null
            : t('load.dialect.records', { count })}
      </Text>
      {!isStale && broken > 0 && error === null ? (
        <Badge color="red" variant="light" className="tabular">
          {t('load.dialect.broken', { count: broken, number: formatNumber(broken) })}
        </Badge>
      ) : null}
      {!isStale && error === null && read?.refused !== undefined ? (
        <Alert color="red" variant="light" py={4} px="sm" title={t('load.dialect.refused')}>
          <Text fz="sm" className="wrap-anywhere">
            {read.refused.message}
          </Text>
        </Alert>
      ) : null}
    </Group>
  );
}
