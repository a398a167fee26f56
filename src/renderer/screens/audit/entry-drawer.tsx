import { Anchor, Drawer, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AuditEntry } from '#contract/audit';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import { formatExactly } from '#renderer/format/times.ts';
import classes from './audit.module.css';
import type { AuditSource } from './audit-source.ts';
import { EntryFacts } from './entry-facts.tsx';
import { EntryFiles } from './entry-files.tsx';
import { filesText, outcomeText, targetText } from './entry-text.ts';

interface EntryDrawerProps {
  /** null: closed. */
  readonly entry: AuditEntry | null;
  readonly source: AuditSource;
  readonly onClose: () => void;
}

/** All that is known of an entry, with the files it is about. */
export function EntryDrawer({ entry, source, onClose }: EntryDrawerProps) {
  const { t } = useTranslation();
  // While it slides away it shows what it showed.
  const last = useRef(entry);
  if (entry !== null) last.current = entry;
  const shown = entry ?? last.current;
  return (
    <Drawer
      opened={entry !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={shown === null ? '' : t('audit.detail.title', { id: shown.id })}
      styles={{ title: { fontWeight: 600 } }}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {shown === null ? null : <Detail entry={shown} source={source} />}
    </Drawer>
  );
}

function Detail({ entry, source }: { readonly entry: AuditEntry; readonly source: AuditSource }) {
  const { t } = useTranslation();
  const { action, at, user, host, program, session, job, loadId, files } = entry;
  const outcome = outcomeText(entry, t);
  const target = targetText(entry, t);
  return (
    <Stack gap="lg">
      <Text fw={700} fz="lg">
        {t(`audit.action.${action}`)}
      </Text>
      <dl className={classes.facts}>
        <Fact name="when">{formatExactly(at)}</Fact>
        <Fact name="who">{`${user} · ${host}`}</Fact>
        {program === null ? null : <Fact name="program">{t(`audit.program.${program}`)}</Fact>}
        {session === null ? null : <Fact name="database">{session.user}</Fact>}
        {session?.address ? <Fact name="address">{session.address}</Fact> : null}
        {session === null ? null : <Fact name="application">{session.application}</Fact>}
        {target === '' ? null : <Fact name="target">{target}</Fact>}
        {job === null ? null : (
          <Fact name="job">
            <Anchor component={Link} href={`/jobs/${job}`} fz="sm">
              {t('audit.detail.openJob', { number: job })}
            </Anchor>
          </Fact>
        )}
        {loadId === null ? null : (
          <Fact name="loadId">
            <Copied value={loadId} label={t('audit.detail.copyId')} />
          </Fact>
        )}
        {outcome === '' ? null : <Fact name="outcome">{outcome}</Fact>}
        <EntryFacts facts={entry.facts} />
        {files?.digest ? (
          <Fact name="digest">
            <Copied value={files.digest} label={t('audit.detail.copyDigest')} />
            <Text fz="xs" c="dimmed">
              {t('audit.detail.digestHint')}
            </Text>
          </Fact>
        ) : null}
      </dl>
      {loadId !== null && files !== null && files.count > 0 ? (
        <EntryFiles entry={{ job, loadId }} source={source} summary={filesText(entry, t)} />
      ) : null}
    </Stack>
  );
}

type FactName =
  | ('when' | 'who' | 'program' | 'database' | 'address' | 'application')
  | ('target' | 'job' | 'loadId' | 'outcome' | 'digest');

function Fact({ name, children }: { readonly name: FactName; readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <dt>{t(`audit.detail.${name}`)}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Copied({ value, label }: { readonly value: string; readonly label: string }) {
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <span className={classes.mono}>{value}</span>
      <CopyButton compact value={value} label={label} />
    </Group>
  );
}
