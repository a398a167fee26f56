import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type PropsWithChildren, type ReactNode, useEffect, useRef } from 'react';
import classes from './step-panel.module.css';

interface StepPanelProps extends PropsWithChildren {
  readonly title: string;
  readonly subtitle: string;
  /** Back and on. */
  readonly footer: ReactNode;
}

/** One step: its heading, which takes the focus when the step comes, its content, and the ways on. */
export function StepPanel({ title, subtitle, footer, children }: StepPanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Stack gap="lg">
      <div>
        <Title order={2} fz="h3" ref={heading} tabIndex={-1} className={classes.heading}>
          {title}
        </Title>
        <Text c="dimmed">{subtitle}</Text>
      </div>
      {children}
      <Paper className={classes.footer} withBorder p="sm">
        <Group justify="space-between" gap="sm">
          {footer}
        </Group>
      </Paper>
    </Stack>
  );
}
