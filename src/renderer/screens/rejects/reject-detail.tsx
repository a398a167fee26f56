import { Code } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RejectEntry } from '#contract/rejects';
import { CopyButton } from '#renderer/components/copy-button.tsx';
import classes from './rejects.module.css';

type FactName = 'file' | 'line' | 'table' | 'column' | 'field' | 'value' | 'reason' | 'message' | 'code';

/** All that is known of one objection. */
export function RejectDetail({ entry }: { readonly entry: RejectEntry }) {
  const { t } = useTranslation();
  const { path, line, table, column, field, value, code, message } = entry;
  const facts: readonly (readonly [FactName, string | undefined])[] = [
    ['file', path],
    ['line', String(line)],
    ['table', table],
    ['column', column],
    ['field', field],
    ['value', value],
    ['reason', t(`rejects.reason.${code}`)],
    ['message', message],
    ['code', code],
  ];
  const known = facts.filter((fact): fact is readonly [FactName, string] => fact[1] !== undefined);
  const text = known.map(([name, words]) => `${t(`rejects.detail.${name}`)}: ${words}`).join('\n');
  return (
    <div>
      <dl className={classes.facts}>
        {known.map(([name, words]) => (
          <Fact key={name} name={name}>
            {name === 'value' ? (
              <Code block className={classes.raw}>
                {words}
              </Code>
            ) : (
              words
            )}
          </Fact>
        ))}
      </dl>
      <CopyButton value={text} label={t('rejects.copyAll')} />
    </div>
  );
}

function Fact({ name, children }: { readonly name: FactName; readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <dt>{t(`rejects.detail.${name}`)}</dt>
      <dd lang={name === 'message' ? 'en' : undefined}>{children}</dd>
    </>
  );
}
