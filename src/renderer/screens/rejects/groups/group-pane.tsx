import { SegmentedControl, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { REJECT_GROUPINGS } from '#contract/reject-groupings';
import { ErrorNote } from '#renderer/components/error-note.tsx';
import { groupingFromAddress } from '../reject-view.ts';
import type { RejectView } from '../use-reject-view.ts';
import { GroupButton } from './group-button.tsx';
import { groupName, isGroupOf, narrowingTo, type RejectGroup } from './group-names.ts';
import classes from './groups.module.css';
import { useGroups } from './use-groups.ts';

/** From so many on, groups are searched. */
const MANY = 12;

interface GroupPaneProps {
  readonly job: number;
  readonly view: RejectView;
  readonly refreshMs: number | false;
}

/** What the rejects have in common, with how many rows each: one of them narrows the list. */
export function GroupPane({ job, view, refreshMs }: GroupPaneProps) {
  const { t } = useTranslation();
  const by = view.groupedBy;
  return (
    <Stack gap="xs" component="section" aria-label={t('rejects.groups.label')}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('rejects.groups.by')}
        value={by}
        onChange={(value) => view.groupBy(groupingFromAddress(value))}
        data={REJECT_GROUPINGS.map((one) => ({ value: one, label: t(`rejects.column.${one}`) }))}
      />
      {/* Groups of one kind never stand for those of another while these are on their way. */}
      <GroupsOfKind key={by} job={job} view={view} refreshMs={refreshMs} />
    </Stack>
  );
}

function GroupsOfKind({ job, view, refreshMs }: GroupPaneProps) {
  const { data, error, refetch, isPlaceholderData } = useGroups({
    job,
    by: view.groupedBy,
    filter: view.filter,
    refreshMs,
  });
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} actions={null} />;
  if (data === undefined) return <Skeleton h={120} />;
  const { groups, total } = data;
  return <Groups groups={groups} more={total - groups.length} view={view} outdated={isPlaceholderData} />;
}

interface GroupsProps {
  readonly groups: readonly RejectGroup[];
  readonly more: number;
  readonly view: RejectView;
  readonly outdated: boolean;
}

function Groups({ groups, more, view, outdated }: GroupsProps) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const { groupedBy: by, filter, narrow } = view;
  const named = groups.map((group) => ({ group, name: groupName(group, by, t) }));
  const text = wanted.trim().toLowerCase();
  const found = named.filter(({ name }) => name.toLowerCase().includes(text));
  return (
    <>
      {groups.length > MANY ? (
        <TextInput
          size="xs"
          type="search"
          aria-label={t('rejects.groups.search')}
          placeholder={t('rejects.groups.search')}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      ) : null}
      <ul className={classes.list} data-outdated={outdated || undefined}>
        {found.map(({ group, name }) => {
          const isIn = isGroupOf(group, by, filter);
          return (
            <li key={JSON.stringify(narrowingTo(group, by))}>
              <GroupButton
                name={name}
                hint={by === 'column' ? group.table : undefined}
                group={group}
                isIn={isIn}
                onPress={() => narrow(narrowingTo(isIn ? null : group, by))}
              />
            </li>
          );
        })}
      </ul>
      {found.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('rejects.groups.none')}
        </Text>
      ) : null}
      {more > 0 ? (
        <Text fz="xs" c="dimmed">
          {t('load.more', { count: more })}
        </Text>
      ) : null}
    </>
  );
}
