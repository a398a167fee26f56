import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type PropsWithChildren, type ReactNode, useId } from 'react';

interface SectionProps extends PropsWithChildren {
  readonly title: string;
  readonly hint?: string;
  /** What can be done with it, at the right of its title. */
  readonly actions?: ReactNode;
}

/** One part of the job's page. */
export function Section({ title, hint, actions, children }: SectionProps) {
  const id = useId();
  return (
    <Paper component="section" withBorder p={{ base: 'md', sm: 'lg' }} aria-labelledby={id}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2} fz="md" id={id}>
            {title}
          </Title>
          {actions}
        </Group>
        {hint === undefined ? null : (
          <Text c="dimmed" fz="sm" mt={-8}>
            {hint}
          </Text>
        )}
        {children}
      </Stack>
    </Paper>
  );
}
