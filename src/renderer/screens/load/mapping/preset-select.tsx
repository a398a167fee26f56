import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { host } from '#renderer/host/client.ts';
import { useInference } from '../infer/use-inference.ts';
import { type ChosenMapping, chooseMapping, useWizard } from '../wizard-store.ts';
import { confirmLosingEdits } from './confirm-losing-edits.ts';
import { forgetMappingError } from './take-mapping.ts';

/** The mappings to choose from: the proposal, the opened file, those the user keeps, those that come with Loadstone. */
export function PresetSelect() {
  const { t } = useTranslation();
  const chosen = useWizard((wizard) => wizard.chosen);
  const { data: presets = [], isPending } = useQuery(host.mappings.presets.queryOptions());
  const { data: saved = [] } = useQuery(host.mappings.list.queryOptions());
  const { data: inferred } = useInference();
  const proposal: readonly ChosenMapping[] =
    inferred === undefined ? [] : [{ kind: 'inferred', label: inferred.mapping.name, original: inferred.mapping }];
  const groups = {
    files: [
      ...withChosen(proposal, chosen, 'inferred'),
      ...withChosen([], chosen, 'job'),
      ...withChosen([], chosen, 'file'),
    ],
    saved: withChosen(saved.map(as('saved')), chosen, 'saved'),
    preset: presets.map(as('preset')),
  };
  const all = [...groups.files, ...groups.saved, ...groups.preset];
  const group = (name: keyof typeof groups) => ({
    group: t(`load.mapping.group.${name}`),
    items: groups[name].map((one) => ({
      value: optionOf(one),
      label: one.kind === 'inferred' ? t('load.infer.name', { name: one.label }) : one.label,
    })),
  });
  const choose = (value: string | null) => {
    const wanted = all.find((one) => optionOf(one) === value);
    if (wanted === undefined || (chosen !== null && value === optionOf(chosen))) return;
    confirmLosingEdits(() => {
      forgetMappingError();
      chooseMapping(wanted);
    });
  };
  return (
    <Select
      label={t('load.mapping.mapping')}
      placeholder={t('load.mapping.none')}
      data={(['files', 'saved', 'preset'] as const).map(group).filter(({ items }) => items.length > 0)}
      value={chosen === null ? null : optionOf(chosen)}
      onChange={choose}
      disabled={isPending}
      allowDeselect={false}
      w={{ base: '100%', xs: 280 }}
    />
  );
}

function optionOf({ kind, label }: ChosenMapping): string {
  return kind === 'saved' || kind === 'preset' ? `${kind}:${label}` : kind;
}

function as(kind: ChosenMapping['kind']) {
  return ({
    name,
    mapping,
  }: {
    readonly name: string;
    readonly mapping: ChosenMapping['original'];
  }): ChosenMapping => ({
    kind,
    label: name,
    original: mapping,
  });
}

/** What is chosen stands in the list, also when its list does not know it. */
function withChosen(
  known: readonly ChosenMapping[],
  chosen: ChosenMapping | null,
  kind: ChosenMapping['kind'],
): readonly ChosenMapping[] {
  if (chosen?.kind !== kind || known.some((one) => optionOf(one) === optionOf(chosen))) return known;
  return [...known, chosen];
}
