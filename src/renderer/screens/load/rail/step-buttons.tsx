import { Button, Group, Text } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { leaveTo } from '../mapping/leaving.ts';
import { goTo, type Step } from '../wizard-store.ts';

export function BackButton({ to }: { readonly to: Step }) {
  const { t } = useTranslation();
  return (
    <Button variant="default" leftSection={<IconArrowLeft size={18} aria-hidden />} onClick={() => goTo(to)}>
      {t('common.back')}
    </Button>
  );
}

interface NextButtonProps {
  readonly to: Step;
  /** Why there is no way on yet. */
  readonly blocked: string | null;
}

export function NextButton({ to, blocked }: NextButtonProps) {
  const { t } = useTranslation();
  return (
    <Group gap="sm" ml="auto">
      {blocked === null ? null : (
        <Text fz="sm" c="dimmed" id="why-no-way-on">
          {blocked}
        </Text>
      )}
      <Button
        rightSection={<IconArrowRight size={18} aria-hidden />}
        disabled={blocked !== null}
        aria-describedby={blocked === null ? undefined : 'why-no-way-on'}
        onClick={() => leaveTo(to)}
      >
        {t('common.next')}
      </Button>
    </Group>
  );
}
