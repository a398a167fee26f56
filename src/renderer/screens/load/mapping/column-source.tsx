import { Text } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { MappedColumn } from '#contract/mapping';
import classes from './column-row.module.css';

interface ColumnSourceProps {
  readonly column: MappedColumn;
  readonly samples: readonly string[];
}

/** Where the values come from, and a few of them. */
export function ColumnSource({ column, samples }: ColumnSourceProps) {
  const { t } = useTranslation();
  const { path, lookup, default: fallback } = column;
  const source = sourceText(column);
  const other = lookup === undefined ? t('load.mapping.noSource') : lookupText(lookup, t('load.mapping.lookup'));
  return (
    <>
      <Text fz="sm" {...(path !== undefined && { ff: 'monospace' })} className="wrap-anywhere">
        {source === null ? other : <Steps path={source} />}
      </Text>
      {fallback === undefined ? null : (
        <Text fz="xs" c="dimmed" className="wrap-anywhere">
          {t('load.mapping.default', { value: fallback })}
        </Text>
      )}
      {samples.length === 0 ? null : (
        <ul className={classes.samples} aria-label={t('load.samples.label')}>
          {samples.map((value) => (
            <li key={value} className={classes.sample} title={value}>
              {value === '' ? '""' : value}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** A path that breaks where its steps end. */
function Steps({ path }: { readonly path: string }) {
  return path.split('/').map((step, at, steps) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a path never move
    <Fragment key={at}>
      {step}
      {at < steps.length - 1 ? '/' : null}
      <wbr />
    </Fragment>
  ));
}

function sourceText({ path, const: constant }: MappedColumn): string | null {
  if (path !== undefined) return typeof path === 'string' ? path : path.join(' | ');
  return constant === undefined ? null : `= ${JSON.stringify(constant)}`;
}

function lookupText(steps: NonNullable<MappedColumn['lookup']>, label: string): string {
  return `${label} ${steps.map(({ table, take }) => `${table}.${take}`).join(' → ')}`;
}
