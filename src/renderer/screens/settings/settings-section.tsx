import { Paper, Title } from '@mantine/core';
import { type PropsWithChildren, useId } from 'react';

interface SettingsSectionProps extends PropsWithChildren {
  readonly title: string;
}

export function SettingsSection({ title, children }: SettingsSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={2} fz="lg" mb="xs" id={id}>
        {title}
      </Title>
      <Paper withBorder px="lg">
        {children}
      </Paper>
    </section>
  );
}
