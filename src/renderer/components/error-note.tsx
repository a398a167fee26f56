import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorFacts } from '#contract/errors';
import { factsOf } from '../host/failure.ts';
import { ErrorActionButton } from './error-action-button.tsx';

interface ErrorNoteProps {
  /** What was thrown, or error facts that came with a job. */
  readonly error: unknown;
  readonly onRetry?: () => void;
  /** Further things to do about it; left out: what the error's code suggests. */
  readonly actions?: ReactNode;
}

/** An error as people need it: what happened, where, and what to do. */
export function ErrorNote({ error, onRetry, actions }: ErrorNoteProps) {
  const { t, i18n } = useTranslation();
  const facts = isFacts(error) ? error : factsOf(error);
  // The facts themselves (names, numbers, what the server said) come in English.
  const translated = i18n.language !== 'en';
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t(`errors.title.${facts.code}`)}>
      <Stack gap="xs" align="flex-start">
        {translated ? <Text>{t(`errors.remedy.${facts.code}`)}</Text> : null}
        <Text className="wrap-anywhere" {...(translated && { c: 'dimmed', fz: 'sm' })}>
          {facts.message}
        </Text>
        {translated ? null : <Text>{facts.remedy}</Text>}
        {facts.place === undefined ? null : <Code className="wrap-anywhere">{placeText(facts.place)}</Code>}
        <Group gap="xs">
          {onRetry === undefined ? null : (
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              {t('common.retry')}
            </Button>
          )}
          {actions ?? <ErrorActionButton code={facts.code} />}
        </Group>
      </Stack>
    </Alert>
  );
}

function isFacts(error: unknown): error is ErrorFacts {
  return typeof error === 'object' && error !== null && !(error instanceof Error) && 'remedy' in error;
}

function placeText({ path, line, column }: NonNullable<ErrorFacts['place']>): string {
  return [path, line, column].filter((part) => part !== undefined).join(':');
}
