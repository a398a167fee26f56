import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { TABLES_POLICIES } from '#contract/tables-policies';
import { choosePolicy, useTablesChoices } from './tables-store.ts';

/** What may be done to tables that do not fit. */
export function PolicySelect() {
  const { t } = useTranslation();
  const policy = useTablesChoices((choices) => choices.policy);
  return (
    <Select
      label={t('tablesJob.policy.label')}
      description={t(`tablesJob.policy.${policy}.text`)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={TABLES_POLICIES.map((value) => ({ value, label: t(`tablesJob.policy.${value}.name`) }))}
      value={policy}
      onChange={(value) => {
        const chosen = TABLES_POLICIES.find((one) => one === value);
        if (chosen !== undefined) choosePolicy(chosen);
      }}
      allowDeselect={false}
      maw={420}
    />
  );
}
