import { Button, FileButton } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Importing } from './use-import.ts';

/** Takes back an exported CSV in which values were corrected. */
export function ImportButton({ importing: { isBusy, run } }: { readonly importing: Importing }) {
  const { t } = useTranslation();
  const reset = useRef<() => void>(null);
  const choose = (file: File | null) => {
    if (file === null) return;
    run(file);
    // Changed once more, the same file can be chosen again.
    reset.current?.();
  };
  const shared = {
    variant: 'default',
    loading: isBusy,
    leftSection: <IconFileImport size={16} aria-hidden />,
    children: t('rejects.import.button'),
  } as const;
  if (window.loadstone !== undefined) return <Button {...shared} onClick={() => run(null)} />;
  return (
    <FileButton resetRef={reset} accept=".csv,text/csv" onChange={choose}>
      {(props) => <Button {...props} {...shared} />}
    </FileButton>
  );
}
