import { Chip, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SearchField } from '#renderer/components/search-field.tsx';
import classes from './jobs.module.css';
import { GROUP_NAMES, stateGroup } from './state-groups.ts';
import type { JobFilter } from './use-job-filter.ts';

/** Which jobs to show. */
export function JobsFilter({ filter }: { readonly filter: JobFilter }) {
  const { t } = useTranslation();
  return (
    <Group gap="md" justify="space-between">
      <Chip.Group value={filter.group} onChange={(name) => filter.setGroup(stateGroup(name))}>
        <Group gap={6} role="radiogroup" aria-label={t('jobs.group.label')}>
          {GROUP_NAMES.map((group) => (
            <Chip key={group} value={group} size="sm" variant="light">
              {t(`jobs.group.${group}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <div className={classes.search}>
        <SearchField label={t('jobs.search')} value={filter.text} onChange={filter.setText} />
      </div>
    </Group>
  );
}
