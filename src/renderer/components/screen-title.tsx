import { Group, Text, Title } from '@mantine/core';
import type { PropsWithChildren } from 'react';
import { usePageTitle } from './use-page-title.ts';

interface ScreenTitleProps extends PropsWithChildren {
  readonly title: string;
  readonly subtitle?: string;
  /** What of the screen is shown, for the window's title. */
  readonly part?: string | undefined;
}

/** The heading of a screen, with what can be done there (as children) at its right; also the window's title. */
export function ScreenTitle({ title, subtitle, part, children }: ScreenTitleProps) {
  usePageTitle(part === undefined ? title : `${part} · ${title}`);
  return (
    <Group justify="space-between" align="flex-start" mb="lg" gap="md">
      <div>
        <Title order={1} fz="h2">
          {title}
        </Title>
        {subtitle === undefined ? null : <Text c="dimmed">{subtitle}</Text>}
      </div>
      <Group gap="xs">{children}</Group>
    </Group>
  );
}
