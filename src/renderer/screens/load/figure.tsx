import { Card, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import classes from './figure.module.css';

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly tone?: 'plain' | 'warn';
}

/** One number and what it counts. */
export function Figure({ label, value, tone = 'plain' }: FigureProps) {
  return (
    <Card withBorder padding="sm">
      <Text fz="sm" c="dimmed">
        {label}
      </Text>
      <div className={classes.value}>
        <Text fz="xl" fw={600} className="tabular">
          {value}
        </Text>
        {tone === 'warn' ? <IconAlertCircle size={18} className={classes.warn} aria-hidden /> : null}
      </div>
    </Card>
  );
}
