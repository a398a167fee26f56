import { Portal, Text } from '@mantine/core';
import { IconFolderDown } from '@tabler/icons-react';
import classes from './drop-veil.module.css';

/** Lies over the window while something is held above it. */
export function DropVeil({ label }: { readonly label: string }) {
  return (
    <Portal>
      <div className={classes.veil} aria-hidden>
        <div className={classes.frame}>
          <IconFolderDown size={56} stroke={1.3} />
          <Text fw={600} fz="lg">
            {label}
          </Text>
        </div>
      </div>
    </Portal>
  );
}
