import { Alert, Box, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorFacts } from '#contract/errors';
import { factsOf, isForTerminal } from '../host/failure.ts';
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
  const { t } = useTranslation();
  const facts = isFacts(error) ? error : factsOf(error);
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t(`errors.title.${facts.code}`)}>
      <Stack gap="xs" align="flex-start">
        <Text>{t(`errors.remedy.${facts.code}`)}</Text>
        {/* The facts themselves (names, numbers, what the server said) come in English. */}
        <Text className="wrap-anywhere" c="dimmed" fz="sm">
          {facts.message}
        </Text>
        {facts.place === undefined ? null : <Code className="wrap-anywhere">{placeText(facts.place)}</Code>}
        {isForTerminal(facts.remedy) ? null : (
          <Box component="details" fz="sm">
            <summary>{t('errors.details')}</summary>
            <Text fz="sm" mt={4} className="wrap-anywhere">
              {facts.remedy}
            </Text>
          </Box>
        )}
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
