import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ErrorNote } from '#renderer/components/error-note.tsx';

interface TablesErrorProps {
  /** Of the connection, as in the address. */
  readonly id: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Why there is nothing to see, with the way to the connection. */
export function TablesError({ id, error, onRetry }: TablesErrorProps) {
  const { t } = useTranslation();
  const edit =
    id === 'embedded' ? null : (
      <Button component={Link} href={`/connections/${id}`} size="compact-sm" variant="default">
        {t('tables.editConnection')}
      </Button>
    );
  return <ErrorNote error={error} onRetry={onRetry} actions={edit} />;
}
