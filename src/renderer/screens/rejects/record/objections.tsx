import { Anchor, Box, Code, Group, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck, IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RecordView } from '#contract/api/reject-corrections';
import type { RejectRow } from '#contract/api/reject-pages';
import type { Mapping } from '#contract/mapping';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import { RejectWords } from '#renderer/components/rejects/reject-words.tsx';

interface ObjectionsProps {
  readonly record: RecordView;
  readonly mapping: Mapping | null;
}

/** Why the row was rejected; or that it is loaded by now. */
export function Objections({ record: { rejects, columns, unreadable }, mapping }: ObjectionsProps) {
  const { t } = useTranslation();
  const text = rejects.map(asText).join('\n\n');
  return (
    <Stack gap="xs">
      <Fixed rejects={rejects} />
      <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
        {rejects.map((entry) => (
          <Objection
            key={`${entry.column} ${entry.code}`}
            entry={entry}
            mapping={mapping}
            isCorrected={
              entry.column === undefined
                ? unreadable?.correction !== undefined
                : columns.some(({ name, correction }) => name === entry.column && correction !== undefined)
            }
          />
        ))}
      </Stack>
      <Box component="details" fz="sm">
        <summary>{t('errors.details')}</summary>
        <Text fz="xs" c="dimmed" mt={4} lang="en" className="wrap-anywhere" style={{ whiteSpace: 'pre-wrap' }}>
          {text}
        </Text>
        <Group mt="xs">
          <CopyButton value={text} label={t('rejects.copyAll')} />
        </Group>
      </Box>
    </Stack>
  );
}

interface ObjectionProps {
  readonly entry: RejectRow;
  readonly mapping: Mapping | null;
  readonly isCorrected: boolean;
}

function Objection({ entry, mapping, isCorrected }: ObjectionProps) {
  const { t } = useTranslation();
  const { code, column, state } = entry;
  const Icon = isCorrected ? IconPencil : IconAlertCircle;
  return (
    <Group component="li" gap="xs" wrap="nowrap" align="flex-start">
      <Icon
        size={18}
        aria-hidden
        color={isCorrected ? 'var(--mantine-primary-color-light-color)' : 'var(--mantine-color-error)'}
        style={{ flexShrink: 0, marginTop: 2 }}
      />
      <div>
        <Text fz="sm" fw={600}>
          {t(`rejects.code.${code}`)} {column === undefined ? null : <Code>{column}</Code>}
        </Text>
        <RejectWords entry={entry} mapping={mapping} />
        {state === 'open' ? (
          <Text fz="sm" c="dimmed">
            {isCorrected ? t('rejects.record.corrected') : t(`rejects.advice.${code}`)}
          </Text>
        ) : null}
      </div>
    </Group>
  );
}

function Fixed({ rejects }: { readonly rejects: readonly RejectRow[] }) {
  const { t } = useTranslation();
  const fixed = rejects.find(({ state }) => state === 'fixed');
  if (fixed === undefined) return null;
  const { fixedIn } = fixed;
  return (
    <Group gap="xs" wrap="nowrap" role="status">
      <IconCircleCheck size={18} aria-hidden color="var(--mantine-color-teal-text)" />
      <Text fz="sm">
        {fixedIn === undefined ? (
          t('rejects.mark.fixed')
        ) : (
          <Anchor component={Link} href={`/jobs/${fixedIn}`} fz="sm">
            {t('rejects.mark.fixedIn', { number: fixedIn })}
          </Anchor>
        )}
      </Text>
    </Group>
  );
}

/** All that is kept of it, as the engine words it. */
function asText({ path, line, table, column, field, value, code, message }: RejectRow): string {
  const facts = { file: `${path}:${line}`, table, column, field, value, code, message };
  return Object.entries(facts)
    .flatMap(([name, fact]) => (fact === undefined ? [] : [`${name}: ${fact}`]))
    .join('\n');
}
