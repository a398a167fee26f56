import { Button, Card, Group, Text } from '@mantine/core';

interface StoppedCardProps {
  /** What was stopped. */
  readonly text: string;
  readonly again: string;
  readonly onRun: () => void;
}

/** Something was stopped by the user, who can have it after all. */
export function StoppedCard({ text, again, onRun }: StoppedCardProps) {
  return (
    <Card withBorder padding="md">
      <Group justify="space-between">
        <Text>{text}</Text>
        <Button size="compact-sm" variant="light" onClick={onRun}>
          {again}
        </Button>
      </Group>
    </Card>
  );
}
