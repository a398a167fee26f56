import { Accordion, Badge, Code, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Uncertainty, UncertaintyCode } from '#contract/inference';
import { formatNumber } from '#renderer/format/numbers.ts';
import { useWizard } from '../wizard-store.ts';
import classes from './uncertain-list.module.css';
import { useInference } from './use-inference.ts';

const MOST_SHOWN = 50;

/** What could have been decided otherwise, by kind. */
export function UncertainList() {
  const { t } = useTranslation();
  const isInferred = useWizard(({ chosen }) => chosen?.kind === 'inferred');
  const { data } = useInference();
  const uncertain = data?.report.uncertain ?? [];
  if (!isInferred || uncertain.length === 0) return null;
  const codes = [...new Set(uncertain.map(({ code }) => code))];
  return (
    <Accordion variant="contained">
      <Accordion.Item value="uncertain">
        <Accordion.Control>{t('load.infer.uncertain', { count: uncertain.length })}</Accordion.Control>
        <Accordion.Panel>
          <Stack gap="md">
            {codes.map((code) => (
              <Kind key={code} code={code} all={uncertain.filter((one) => one.code === code)} />
            ))}
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

function Kind({ code, all }: { readonly code: UncertaintyCode; readonly all: readonly Uncertainty[] }) {
  const { t } = useTranslation();
  return (
    <div>
      <Group gap="xs" mb={4}>
        <Text fw={500}>{t(`load.uncertain.${code}`)}</Text>
        <Badge variant="default" className="tabular">
          {formatNumber(all.length)}
        </Badge>
      </Group>
      <ul className={classes.list}>
        {all.slice(0, MOST_SHOWN).map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a finished report never changes
          <li key={at}>
            <Text fz="sm" className="wrap-anywhere">
              <Code>{one.path}</Code> {one.decided}
              <Text component="span" fz="sm" c="dimmed">
                {` · ${one.why}`}
              </Text>
            </Text>
          </li>
        ))}
      </ul>
      {all.length > MOST_SHOWN ? (
        <Text fz="sm" c="dimmed">
          {t('load.more', { count: all.length - MOST_SHOWN })}
        </Text>
      ) : null}
    </div>
  );
}
