import { Alert, Code, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ConnectionDiagnosis } from '#contract/api/connections';

type Good = Extract<ConnectionDiagnosis, { readonly ok: true }>;
type Bad = Extract<ConnectionDiagnosis, { readonly ok: false }>;

interface DiagnosisNoteProps {
  readonly diagnosis: ConnectionDiagnosis;
  /** What was tested; left out for the embedded database, which has neither a line nor rights to speak of. */
  readonly server?: { readonly user: string; readonly database: string };
}

/** What a test of a connection found, in plain words. */
export function DiagnosisNote({ diagnosis, server }: DiagnosisNoteProps) {
  return diagnosis.ok ? <GoodNote found={diagnosis} server={server} /> : <BadNote found={diagnosis} />;
}

function GoodNote({ found, server }: { readonly found: Good; readonly server: DiagnosisNoteProps['server'] }) {
  const { t } = useTranslation();
  const { serverVersion, milliseconds, encrypted, mayLoad } = found;
  return (
    <Alert
      variant="default"
      color={mayLoad ? 'teal' : 'orange'}
      role="status"
      icon={mayLoad ? <IconCircleCheck aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={t(mayLoad ? 'connections.result.ok' : 'connections.result.okToLook')}
    >
      <List size="sm" spacing={2} listStyleType="disc">
        <List.Item>
          {t('connections.result.version', { version: serverVersion })},{' '}
          {t('connections.result.time', { milliseconds })}
        </List.Item>
        {server === undefined ? null : (
          <List.Item>{t(encrypted ? 'connections.result.encrypted' : 'connections.result.plain')}</List.Item>
        )}
        <List.Item>{t(mayLoad ? 'connections.result.mayLoad' : 'connections.result.mayNotLoad')}</List.Item>
      </List>
      {mayLoad || server === undefined ? null : (
        <Text fz="sm" mt="xs" className="wrap-anywhere">
          {t('connections.result.mayNotLoadRemedy', { statement: grantStatement(server) })}
        </Text>
      )}
    </Alert>
  );
}

function BadNote({ found }: { readonly found: Bad }) {
  const { t } = useTranslation();
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconAlertTriangle aria-hidden />}
      title={t(`connections.fault.${found.fault}.title`)}
    >
      <Stack gap="xs">
        <Text fz="sm">{t(`connections.fault.${found.fault}.remedy`)}</Text>
        <div>
          <Text fz="xs" c="dimmed">
            {t('connections.result.facts')}
          </Text>
          <Code block className="wrap-anywhere" style={{ whiteSpace: 'pre-wrap' }}>
            {found.message}
          </Code>
        </div>
      </Stack>
    </Alert>
  );
}

function grantStatement({ user, database }: { readonly user: string; readonly database: string }): string {
  const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
  return `GRANT CREATE ON DATABASE ${quoted(database)} TO ${quoted(user)};`;
}
