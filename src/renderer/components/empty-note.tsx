import { Center, Stack, Text } from '@mantine/core';
import type { PropsWithChildren, ReactNode } from 'react';

interface EmptyNoteProps extends PropsWithChildren {
  readonly title: string;
  readonly icon?: ReactNode;
}

/** Where there is nothing to show: says so, and (as children) what to do next. */
export function EmptyNote({ title, icon, children }: EmptyNoteProps) {
  return (
    <Center mih={240} p="md">
      <Stack align="center" gap="sm" maw={520} ta="center">
        {icon}
        <Text fw={600}>{title}</Text>
        {children}
      </Stack>
    </Center>
  );
}
