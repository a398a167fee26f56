import { Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PathText } from '../path-text.tsx';
import { answerOffer, useWizard } from '../wizard-store.ts';

const MOST_SHOWN = 5;

/** Asks what to do with paths that came while others were chosen already. */
export function OfferDialog() {
  const { t } = useTranslation();
  const offered = useWizard((wizard) => wizard.offered);
  const chosen = useWizard((wizard) => wizard.paths);
  const retry = useWizard((wizard) => wizard.retry);
  return (
    <Modal
      opened={offered !== null}
      onClose={() => answerOffer(null)}
      title={retry === null ? t('load.offer.title') : t('load.retry.offer', { number: retry.job })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      centered
    >
      <Stack>
        <PathLines label={t('load.offer.new')} paths={offered ?? []} />
        {retry === null ? <PathLines label={t('load.offer.before')} paths={chosen} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="subtle" onClick={() => answerOffer(null)}>
            {t('common.cancel')}
          </Button>
          {retry === null ? (
            <Button variant="default" onClick={() => answerOffer('add')}>
              {t('load.offer.add')}
            </Button>
          ) : null}
          <Button data-autofocus onClick={() => answerOffer('replace')}>
            {t(retry === null ? 'load.offer.replace' : 'load.retry.replace')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function PathLines({ label, paths }: { readonly label: string; readonly paths: readonly string[] }) {
  const { t } = useTranslation();
  const more = paths.length - MOST_SHOWN;
  return (
    <div>
      <Text fz="sm" c="dimmed" mb={4}>
        {label}
      </Text>
      <Stack gap={4} align="flex-start">
        {paths.slice(0, MOST_SHOWN).map((path) => (
          <Code key={path} className="wrap-anywhere">
            <PathText path={path} />
          </Code>
        ))}
        {more > 0 ? <Text fz="sm">{t('load.more', { count: more })}</Text> : null}
      </Stack>
    </div>
  );
}
