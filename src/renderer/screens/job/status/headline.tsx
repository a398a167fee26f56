import { Title } from '@mantine/core';
import type { PropsWithChildren, Ref } from 'react';

interface HeadlineProps extends PropsWithChildren {
  readonly ref: Ref<HTMLHeadingElement>;
}

/** What stands of the job, in one line; the focus comes here when the button that was pressed is gone. */
export function Headline({ ref, children }: HeadlineProps) {
  return (
    <Title order={2} fz="h3" ref={ref} tabIndex={-1} style={{ outline: 'none' }}>
      {children}
    </Title>
  );
}
