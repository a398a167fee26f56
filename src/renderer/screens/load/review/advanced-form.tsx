import { Button, Collapse, NumberInput, Stack, Switch } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { host } from '#renderer/host/client.ts';
import { setChoices, useWizard } from '../wizard-store.ts';

const MOST_WORKERS = 64;

/** What hardly anybody needs. */
export function AdvancedForm() {
  const { t } = useTranslation();
  const { workers, dryRun } = useWizard((wizard) => wizard.choices);
  const { data: settings } = useQuery(host.settings.get.queryOptions());
  const [isOpen, { toggle }] = useDisclosure(workers !== null || dryRun);
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<Icon size={16} aria-hidden />}
        aria-expanded={isOpen}
        onClick={toggle}
      >
        {t('load.advanced.title')}
      </Button>
      <Collapse expanded={isOpen}>
        <Stack gap="sm" pt="sm">
          <NumberInput
            label={t('load.advanced.workers')}
            description={t('load.advanced.workersHint')}
            placeholder={settings?.workers == null ? t('load.advanced.automatic') : String(settings.workers)}
            min={1}
            max={MOST_WORKERS}
            allowDecimal={false}
            value={workers ?? ''}
            onChange={(value) => setChoices({ workers: typeof value === 'number' ? value : null })}
          />
          <Switch
            label={t('load.advanced.dryRun')}
            description={t('load.advanced.dryRunHint')}
            checked={dryRun}
            onChange={(event) => setChoices({ dryRun: event.currentTarget.checked })}
          />
        </Stack>
      </Collapse>
    </div>
  );
}
