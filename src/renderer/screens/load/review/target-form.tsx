import { Anchor, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SavedConnection } from '#contract/api/connections';
import { canonicalJson } from '#contract/canonical-json';
import type { ConnectionRef } from '#contract/connection';
import { serverText } from '#renderer/format/connection-text.ts';
import { host } from '#renderer/host/client.ts';
import { useConnection } from '../use-connection.ts';
import { setChoices, useWizard } from '../wizard-store.ts';
import { isSchemaName } from './load-choices.ts';

/** Where the rows go. */
export function TargetForm() {
  const { t } = useTranslation();
  const connection = useConnection();
  const schema = useWizard(({ choices }) => choices.schema);
  const isRetry = useWizard(({ retry }) => retry !== null);
  const { data: saved = [] } = useQuery(host.connections.list.queryOptions());
  const targets = targetsOf(saved, connection, t('common.embedded'));
  return (
    <Stack gap="sm">
      <Select
        label={t('load.review.target')}
        data={targets.map(({ value, label }) => ({ value, label }))}
        value={connection === undefined ? null : canonicalJson(connection)}
        onChange={(value) => {
          const target = targets.find((one) => one.value === value);
          if (target !== undefined) useWizard.setState({ connection: target.ref });
        }}
        allowDeselect={false}
        disabled={isRetry}
      />
      {isRetry ? (
        <Text fz="sm" c="dimmed">
          {t('load.retry.target')}
        </Text>
      ) : (
        <Anchor component={Link} href="/connections" fz="sm">
          {t('load.review.connections')}
        </Anchor>
      )}
      <TextInput
        label={t('load.review.schema')}
        description={t('load.review.schemaHint')}
        placeholder="public"
        disabled={isRetry}
        value={schema}
        onChange={(event) => setChoices({ schema: event.currentTarget.value })}
        error={isSchemaName(schema) ? undefined : t('load.problem.column.too_long')}
        spellCheck={false}
      />
    </Stack>
  );
}

interface TargetOption {
  readonly value: string;
  readonly label: string;
  readonly ref: ConnectionRef;
}

/** The embedded database, the saved servers, and what is chosen though it is neither. */
function targetsOf(
  saved: readonly SavedConnection[],
  chosen: ConnectionRef | undefined,
  embedded: string,
): readonly TargetOption[] {
  const embeddedRef: ConnectionRef = { kind: 'embedded' };
  const known: TargetOption[] = [
    { value: canonicalJson(embeddedRef), label: embedded, ref: embeddedRef },
    ...saved.map(({ name, ref }) => ({ value: canonicalJson(ref), label: name, ref })),
  ];
  const isKnown = chosen === undefined || known.some(({ value }) => value === canonicalJson(chosen));
  const other = isKnown ? [] : [{ value: canonicalJson(chosen), label: serverText(chosen) ?? embedded, ref: chosen }];
  // Two names for one server are one choice.
  return [...new Map([...known, ...other].map((target) => [target.value, target])).values()];
}
