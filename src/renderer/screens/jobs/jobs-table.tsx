import { Table, Text } from '@mantine/core';
import { createColumnHelper, tableFeatures, useTable } from '@tanstack/react-table';
import { type KeyboardEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { JobSummary } from '#contract/api/job-views';
import {
  DurationCell,
  NumberCell,
  RejectsCell,
  rowsLanded,
  StartedCell,
  StateCell,
  TargetCell,
  WhatCell,
} from './job-cells.tsx';
import classes from './jobs.module.css';

type ColumnName = 'state' | 'what' | 'target' | 'started' | 'duration' | 'rows' | 'rejects';

const features = tableFeatures({});
const helper = createColumnHelper<typeof features, JobSummary>();
const columns = helper.columns([
  helper.display({ id: 'state', cell: ({ row }) => <StateCell job={row.original} /> }),
  helper.display({ id: 'what', cell: ({ row }) => <WhatCell job={row.original} /> }),
  helper.display({ id: 'target', cell: ({ row }) => <TargetCell job={row.original} /> }),
  helper.display({ id: 'started', cell: ({ row }) => <StartedCell job={row.original} /> }),
  helper.display({ id: 'duration', cell: ({ row }) => <DurationCell job={row.original} /> }),
  helper.display({ id: 'rows', cell: ({ row }) => <NumberCell value={rowsLanded(row.original)} /> }),
  helper.display({ id: 'rejects', cell: ({ row }) => <RejectsCell job={row.original} /> }),
]);

/** What gives way on narrow windows, and which columns hold numbers. */
const COLUMN_PROPS: Readonly<Partial<Record<string, object>>> = {
  target: { visibleFrom: 'lg' },
  started: { visibleFrom: 'sm' },
  duration: { visibleFrom: 'lg', className: 'numeric' },
  rows: { visibleFrom: 'sm', className: 'numeric' },
  rejects: { visibleFrom: 'md', className: 'numeric' },
};

/** The jobs as rows; each leads to its job. */
export function JobsTable({ jobs }: { readonly jobs: readonly JobSummary[] }) {
  const { t } = useTranslation();
  const hint = useId();
  const [, navigate] = useLocation();
  const table = useTable({ features, columns, data: jobs, getRowId: ({ number }) => String(number) });
  return (
    <>
      <Table
        className={classes.table}
        aria-label={t('jobs.tableLabel')}
        aria-describedby={hint}
        verticalSpacing="sm"
        highlightOnHover
      >
        <Table.Thead>
          <Table.Tr>
            {table.getAllColumns().map(({ id }) => (
              <Table.Th key={id} {...COLUMN_PROPS[id]}>
                {t(`jobs.column.${id as ColumnName}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody onKeyDown={moveFocus}>
          {table.getRowModel().rows.map((row) => (
            <Table.Tr
              key={row.id}
              className={classes.row}
              onClick={(event) => {
                // Buttons and links in it do their own work.
                if (event.target instanceof Element && event.target.closest('a, button') !== null) return;
                navigate(`/jobs/${row.id}`);
              }}
            >
              {row.getAllCells().map((cell) => (
                <Table.Td key={cell.id} {...COLUMN_PROPS[cell.column.id]}>
                  <table.FlexRender cell={cell} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text id={hint} fz="xs" c="dimmed" visibleFrom="sm">
        {t('jobs.keyboardHint')}
      </Text>
    </>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** The arrow keys go from job to job. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-job]')];
  const row = event.target instanceof Element ? event.target.closest('tr') : null;
  const here = links.findIndex((link) => row?.contains(link));
  const next = links[here + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
