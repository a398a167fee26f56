import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConflictPolicy } from '#contract/mapping';
import { setChoices, useWizard } from '../wizard-store.ts';

const POLICIES: readonly ConflictPolicy[] = ['skip', 'overwrite', 'merge', 'fail'];
const MAPPING = 'mapping';

/** What happens to a row whose key is there already with other values. */
export function PolicyForm() {
  const { t } = useTranslation();
  const chosen = useWizard(({ choices }) => choices.onConflict);
  const choose = (value: string) => setChoices({ onConflict: POLICIES.find((policy) => policy === value) ?? null });
  return (
    <Radio.Group
      label={t('load.policy.label')}
      description={t('load.policy.hint')}
      value={chosen ?? MAPPING}
      onChange={choose}
    >
      <Stack gap="sm" mt="sm">
        {([MAPPING, ...POLICIES] as const).map((policy) => (
          <Radio
            key={policy}
            value={policy}
            label={t(`load.policy.${policy}.name`)}
            description={t(`load.policy.${policy}.text`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
