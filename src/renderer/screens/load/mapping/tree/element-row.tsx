import { ActionIcon, Badge, Checkbox, Text, VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconTable, IconTablePlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '#renderer/format/numbers.ts';
import { ELEMENT_TYPE } from './element-drag.ts';
import classes from './element-list.module.css';
import type { TreeRow } from './element-tree.ts';
import type { Tick } from './use-designer.ts';

const INDENT_PX = 16;

interface ElementRowProps {
  readonly id: string;
  readonly row: TreeRow;
  readonly tick: Tick;
  readonly isCurrent: boolean;
  readonly start: number;
  readonly onFocus: () => void;
  readonly onTurn: () => void;
  readonly onToggle: () => void;
  readonly onPut: () => void;
}

/** One element: how often it is there, some of its values, and whether it is loaded. */
export function ElementRow({ row, tick, ...props }: ElementRowProps) {
  const { t } = useTranslation();
  const { element, level, isOpen, position, siblings } = row;
  const facts = useFacts(row);
  const why = tick.why === null ? undefined : t(`load.tree.why.${tick.why}`);
  const hasBelow = element.children.length > 0;
  // What only groups others seldom is worth a table.
  const isTable = tick.makes === 'table' && (element.repeats || tick.isOn);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself hears the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names its active item
    <div
      id={props.id}
      role="treeitem"
      aria-level={level}
      aria-setsize={siblings}
      aria-posinset={position}
      aria-expanded={hasBelow ? isOpen : undefined}
      aria-checked={tick.isOn}
      aria-disabled={tick.why === null ? undefined : true}
      title={[element.path, why].filter(Boolean).join('\n')}
      className={classes.row}
      data-current={props.isCurrent || undefined}
      style={{ transform: `translateY(${props.start}px)`, paddingInlineStart: (level - 1) * INDENT_PX }}
      draggable
      onDragStart={({ dataTransfer }) => {
        dataTransfer.setData(ELEMENT_TYPE, element.path);
        dataTransfer.effectAllowed = 'copy';
      }}
      onClick={props.onFocus}
    >
      <span className={classes.turn} role="none" onClick={hasBelow ? props.onTurn : undefined}>
        {hasBelow ? (
          isOpen ? (
            <IconChevronDown size={16} aria-hidden />
          ) : (
            <IconChevronRight size={16} aria-hidden />
          )
        ) : null}
      </span>
      <span className={classes.tick} role="none" onClick={props.onToggle}>
        <Checkbox.Indicator size="xs" checked={tick.isOn} disabled={tick.why !== null} />
      </span>
      <span className={classes.text}>
        <Text component="span" fz="sm" fw={isTable ? 600 : 400} truncate className={classes.name}>
          {isTable ? <IconTable size={14} aria-hidden className={classes.icon} /> : null}
          {element.name}
          <VisuallyHidden>{[facts, why].filter(Boolean).join(', ')}</VisuallyHidden>
        </Text>
        <Samples values={element.facts.values?.samples ?? []} />
      </span>
      <Counts row={row} />
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        tabIndex={-1}
        aria-hidden
        title={t('load.tree.put')}
        onClick={props.onPut}
        className={classes.put}
      >
        <IconTablePlus size={16} aria-hidden />
      </ActionIcon>
    </div>
  );
}

function useFacts({ element: { facts, repeats } }: TreeRow): string {
  const { t } = useTranslation();
  const parts = [t('load.tree.count', { count: facts.count })];
  if (repeats) parts.push(t('load.tree.most', { count: facts.most }));
  if (facts.least === 0) parts.push(t('load.tree.optional'));
  return parts.join(', ');
}

function Samples({ values }: { readonly values: readonly string[] }) {
  if (values.length === 0) return null;
  return (
    <Text component="span" fz="xs" c="dimmed" truncate className={classes.samples}>
      {values.join(' · ')}
    </Text>
  );
}

function Counts({ row: { element } }: { readonly row: TreeRow }) {
  const { t } = useTranslation();
  const { facts, repeats } = element;
  return (
    <span className={classes.counts} aria-hidden>
      {repeats ? (
        <Badge size="xs" variant="light" title={t('load.tree.most', { count: facts.most })}>
          {`≤ ${formatNumber(facts.most)}`}
        </Badge>
      ) : facts.least === 0 ? (
        <Badge size="xs" variant="default" title={t('load.tree.optional')}>
          ?
        </Badge>
      ) : null}
      <Text component="span" fz="xs" c="dimmed" className="tabular">
        {formatNumber(facts.count)}
      </Text>
    </span>
  );
}
