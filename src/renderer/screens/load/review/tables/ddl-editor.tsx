import { Alert, Badge, Button, Group, Stack, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TablesPlan } from '#contract/tables-plan';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import { scriptOf } from '#renderer/components/tables/script-of.ts';
import classes from './ddl-editor.module.css';
import { editStatements, resetStatements, useTablesChoices } from './tables-store.ts';

/** The statements that would run, to be read and to be changed. */
export function DdlEditor({ plan }: { readonly plan: TablesPlan }) {
  const { t } = useTranslation();
  const edited = useTablesChoices((choices) => choices.edited);
  const planned = scriptOf(plan.ddl);
  const sql = edited?.sql ?? planned;
  return (
    <Stack gap="xs">
      <Textarea
        label={t('tablesJob.ddl.label')}
        description={t(plan.state === 'refused' ? 'tablesJob.ddl.own' : 'tablesJob.ddl.hint')}
        classNames={{ input: classes.input }}
        value={sql}
        onChange={(event) => editStatements(planned, event.currentTarget.value)}
        autosize
        minRows={4}
        maxRows={18}
        spellCheck={false}
        autoCapitalize="off"
        wrap="off"
      />
      {edited !== null && edited.planned !== planned ? (
        <Alert color="orange" role="status" p="xs">
          {t('tablesJob.ddl.stale')}
        </Alert>
      ) : null}
      <Group gap="xs">
        <CopyButton value={sql} />
        {edited === null ? null : (
          <>
            <Button size="compact-sm" variant="default" onClick={resetStatements}>
              {t('tablesJob.ddl.reset')}
            </Button>
            <Badge variant="outline" color="gray" tt="none">
              {t('tablesJob.ddl.edited')}
            </Badge>
          </>
        )}
      </Group>
    </Stack>
  );
}
