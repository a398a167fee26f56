import { Button, Collapse, Group } from '@mantine/core';
import { IconArrowBackUp, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withoutChoice } from '../model/edit-resolutions.ts';
import { columnRules } from '../model/rules.ts';
import type { Reviewing } from '../use-reviewing.ts';
import { ChoiceList } from './choice-list.tsx';
import { ColumnRules } from './column-rules.tsx';

interface FoldsProps {
  readonly reviewing: Reviewing;
  readonly table: string;
}

/** What only some need: rules by column, and the choices made for rows; and the way back from the last change. */
export function Folds({ reviewing, table }: FoldsProps) {
  const { t } = useTranslation();
  const [isByColumn, setIsByColumn] = useState(false);
  const [isList, setIsList] = useState(false);
  const { choices, review, saver } = reviewing;
  const { choices: list = [] } = choices.resolutions;
  const found = review.tables[table];
  const byColumn = found === undefined ? 0 : Object.keys(columnRules(choices.resolutions, table, found)).length;
  const columns = useId();
  const rows = useId();
  return (
    <div>
      <Group gap="xs">
        <Fold isOpen={isByColumn} controls={columns} onToggle={() => setIsByColumn(!isByColumn)}>
          {byColumn === 0 ? t('review.rules.columns') : `${t('review.rules.columns')} (${byColumn})`}
        </Fold>
        {list.length === 0 ? null : (
          <Fold isOpen={isList} controls={rows} onToggle={() => setIsList(!isList)}>
            {t('review.choices.title', { count: list.length })}
          </Fold>
        )}
        <Button
          ml="auto"
          variant="default"
          size="compact-sm"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          disabled={!choices.canUndo}
          onClick={() => saver.undo()}
        >
          {t('review.choices.undo')}
        </Button>
      </Group>
      <Collapse id={columns} expanded={isByColumn}>
        {isByColumn && found !== undefined ? <ColumnRules reviewing={reviewing} table={table} found={found} /> : null}
      </Collapse>
      <Collapse id={rows} expanded={isList && list.length > 0}>
        {isList ? <ChoiceList choices={list} onRemove={(choice) => saver.change(withoutChoice(choice))} /> : null}
      </Collapse>
    </div>
  );
}

interface FoldProps {
  readonly isOpen: boolean;
  readonly controls: string;
  readonly onToggle: () => void;
  readonly children: string;
}

function Fold({ isOpen, controls, onToggle, children }: FoldProps) {
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<Icon size={16} aria-hidden />}
      aria-expanded={isOpen}
      aria-controls={controls}
      onClick={onToggle}
    >
      {children}
    </Button>
  );
}
