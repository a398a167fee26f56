import { Loader, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchField } from '#renderer/components/search-field.tsx';
import { useInference } from '#renderer/screens/load/infer/use-inference.ts';
import { say } from '#renderer/screens/load/pick/say.ts';
import { ElementList } from './element-list.tsx';
import { type TreeElement, visibleRows } from './element-tree.ts';
import type { Designer } from './use-designer.ts';

/** How deep the tree is open at first. */
const OPEN_LEVELS = 6;

interface ElementPaneProps {
  readonly designer: Designer | null;
  /** The one being looked at. */
  readonly table: number;
  readonly onTable: (table: number) => void;
}

/** What the files hold: to be ticked, or put into the table that is looked at. */
export function ElementPane({ designer, table, onTable }: ElementPaneProps) {
  const { t } = useTranslation();
  const { isRunning } = useInference();
  const [filter, setFilter] = useState('');
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  if (designer === null) {
    return isRunning ? <Loader size="sm" aria-label={t('load.infer.looking')} /> : <Text>{t('load.tree.none')}</Text>;
  }
  const isOpen = ({ path }: TreeElement, level: number) => level < OPEN_LEVELS !== turned.has(path);
  const turn = ({ path }: TreeElement) =>
    setTurned((before) => (before.has(path) ? without(before, path) : new Set([...before, path])));
  const put = (element: TreeElement) => {
    if (!designer.put(table, element)) say(t('load.tree.notThere'));
  };
  return (
    <Stack gap="xs">
      <SearchField label={t('load.tree.filter')} value={filter} onChange={setFilter} />
      <ElementList
        rows={visibleRows(designer.roots, isOpen, filter)}
        tickOf={designer.tickOf}
        onTurn={turn}
        onPut={put}
        onToggle={(element) => {
          const changed = designer.toggle(element);
          if (changed !== null) onTable(changed);
        }}
      />
      <Text fz="xs" c="dimmed">
        {t('load.tree.keys')}
      </Text>
    </Stack>
  );
}

function without(set: ReadonlySet<string>, path: string): ReadonlySet<string> {
  return new Set([...set].filter((one) => one !== path));
}
