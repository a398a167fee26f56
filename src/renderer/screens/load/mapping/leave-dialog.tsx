import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { goTo } from '../wizard-store.ts';
import { answerLeaving, useLeaving } from './leaving.ts';
import { SaveForm } from './save-mapping.tsx';
import { useMapping } from './use-mapping.ts';

/** Asks whether a mapping that somebody changed shall be kept, before the way goes on without it being kept. */
export function LeaveDialog() {
  const { t } = useTranslation();
  const { to, isKeeping } = useLeaving();
  const edited = useMapping();
  const stay = () => useLeaving.setState({ to: null, isKeeping: false });
  const goOn = () => {
    answerLeaving();
    if (to !== null) goTo(to);
  };
  return (
    <Modal
      opened={to !== null && edited !== null}
      onClose={stay}
      title={t(isKeeping ? 'load.keep.title' : 'load.leave.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      centered
    >
      {isKeeping && edited !== null ? (
        <SaveForm mapping={edited.mapping} onDone={stay} onKept={goOn} />
      ) : (
        <Stack gap="md">
          <Text>{t('load.leave.text')}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={stay}>
              {t('load.leave.stay')}
            </Button>
            <Button variant="default" onClick={() => useLeaving.setState({ isKeeping: true })}>
              {t('load.leave.keep')}
            </Button>
            <Button data-autofocus onClick={goOn}>
              {t('load.leave.goOn')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
