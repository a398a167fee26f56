import { Autocomplete, Checkbox, TextInput, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MappedColumn, Mapping } from '#contract/mapping';
import { setEdits, useWizard } from '../wizard-store.ts';
import classes from './column-row.module.css';
import { ColumnSource } from './column-source.tsx';
import { COMMON_TYPES } from './column-types.ts';
import { ColumnSettings } from './design/column-settings.tsx';
import type { ColumnUse } from './left-out.ts';
import { editColumn } from './mapping-edits.ts';
import type { TableIssues } from './mapping-issues.ts';

interface ColumnRowProps {
  readonly original: Mapping;
  readonly at: { readonly table: number; readonly column: number };
  readonly column: MappedColumn;
  readonly isOut: boolean;
  /** Why it cannot be left out. */
  readonly use: ColumnUse | null;
  readonly mayBeKey: boolean;
  readonly tabIndex: number;
  readonly issues: TableIssues['columns'][number];
  readonly samples: readonly string[];
}

/** Where a column comes from, and what it is called and of what type in the target. */
export function ColumnRow({ original, at, column, isOut, use, mayBeKey, tabIndex, issues, samples }: ColumnRowProps) {
  const { t } = useTranslation();
  const edits = useWizard((wizard) => wizard.edits);
  const edit = edits[at.table]?.columns[at.column];
  const was = original.tables[at.table];
  // What the mapping calls it: two columns may have the same name for a while.
  const name = was?.columns[at.column]?.name ?? column.name;
  const isKey = edit?.key ?? was?.key.includes(name) ?? false;
  const change = (what: Parameters<typeof editColumn>[3]) => setEdits(editColumn(edits, original, at, what));
  const why = use === null ? null : t(`load.mapping.use.${use}`);
  return (
    <li className={classes.row} data-out={isOut || undefined}>
      <div className={classes.load}>
        <Tooltip label={why} disabled={why === null} events={{ hover: true, focus: true, touch: true }}>
          <div>
            <Checkbox
              tabIndex={tabIndex}
              aria-label={[t('load.mapping.loadColumn', { column: name }), why].filter(Boolean).join(': ')}
              checked={!isOut}
              disabled={use !== null}
              onChange={(event) => change({ load: event.currentTarget.checked })}
            />
          </div>
        </Tooltip>
      </div>
      <div className={classes.source}>
        <ColumnSource column={column} samples={samples} />
      </div>
      <TextInput
        tabIndex={tabIndex}
        size="sm"
        aria-label={t('load.mapping.nameOf', { column: name })}
        value={edit?.name ?? column.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={issues.name === null ? undefined : t(`load.problem.column.${issues.name}`)}
        disabled={isOut}
        spellCheck={false}
      />
      <Autocomplete
        tabIndex={tabIndex}
        size="sm"
        aria-label={t('load.mapping.typeOf', { column: name })}
        data={[...COMMON_TYPES]}
        value={edit?.type ?? column.type}
        onChange={(type) => change({ type })}
        // Of a type that is set, the others are offered as well.
        filter={({ options }) => options}
        error={issues.type === null ? undefined : t(`load.problem.type.${issues.type}`)}
        disabled={isOut}
        spellCheck={false}
        maxDropdownHeight={260}
      />
      <div className={classes.flag}>
        {mayBeKey ? (
          <Checkbox
            tabIndex={tabIndex}
            aria-label={t('load.mapping.keyOf', { column: name })}
            label={<span className={classes.narrowOnly}>{t('load.mapping.key')}</span>}
            checked={isKey}
            disabled={isOut}
            onChange={(event) => change({ key: event.currentTarget.checked })}
          />
        ) : null}
      </div>
      <div className={classes.flag}>
        <Checkbox
          tabIndex={tabIndex}
          aria-label={t('load.mapping.requiredOf', { column: name })}
          label={<span className={classes.narrowOnly}>{t('load.mapping.required')}</span>}
          checked={isKey || !column.nullable}
          // A key without a value is none.
          disabled={isOut || isKey}
          onChange={(event) => change({ nullable: !event.currentTarget.checked })}
        />
      </div>
      <div className={classes.flag}>
        <ColumnSettings column={column} at={at} tabIndex={tabIndex} isOut={isOut} />
      </div>
    </li>
  );
}
