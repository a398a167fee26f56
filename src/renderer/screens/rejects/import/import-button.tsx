import { Button, FileButton } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Importing } from './use-import.ts';

/** Takes back an exported CSV in which values were corrected. */
export function ImportButton({ importing: { isBusy, run } }: { readonly importing: Importing }) {
  const { t } = useTranslation();
  const shared = {
    variant: 'default',
    loading: isBusy,
    leftSection: <IconFileImport size={16} aria-hidden />,
    children: t('rejects.import.button'),
  } as const;
  if (window.loadstone !== undefined) return <Button {...shared} onClick={() => run(null)} />;
  return (
    <FileButton accept=".csv,text/csv" onChange={(file) => (file === null ? undefined : run(file))}>
      {(props) => <Button {...props} {...shared} />}
    </FileButton>
  );
}
