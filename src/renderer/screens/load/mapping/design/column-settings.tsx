import { ActionIcon, NativeSelect, Popover, Stack, TagsInput, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconAdjustments } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MappedColumn } from '#contract/mapping';
import { design } from '#renderer/screens/load/wizard-store.ts';
import { type ColumnSettings as Settings, setColumn } from './change-mapping.ts';

const MANY = ['first', 'last', 'join', 'json'] as const;
const SIGNS = { '.': ['.'], ',': [','], '.,': ['.', ','], ',.': [',', '.'] } as const;
const TYPING_MS = 400;

interface ColumnSettingsProps {
  readonly column: MappedColumn;
  readonly at: { readonly table: number; readonly column: number };
  readonly tabIndex: number;
  readonly isOut: boolean;
}

/** How the values of a column are read, for the few that need it. */
export function ColumnSettings({ column, at, tabIndex, isOut }: ColumnSettingsProps) {
  const { t } = useTranslation();
  const { many, formats, decimal, default: fallback } = column;
  const isSet = [many, formats, decimal].some((one) => one !== undefined);
  return (
    <Popover position="bottom-end" withArrow trapFocus width={300} shadow="md">
      <Popover.Target>
        <ActionIcon
          variant={isSet ? 'light' : 'subtle'}
          color={isSet ? 'indigo' : 'gray'}
          tabIndex={tabIndex}
          disabled={isOut}
          aria-label={t('load.reading.of', { column: column.name })}
        >
          <IconAdjustments size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Fields many={many} formats={formats} decimal={decimal} fallback={fallback} at={at} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface FieldsProps {
  readonly many: MappedColumn['many'];
  readonly formats: MappedColumn['formats'];
  readonly decimal: MappedColumn['decimal'];
  readonly fallback: string | undefined;
  readonly at: ColumnSettingsProps['at'];
}

function Fields({ many, formats = [], decimal, fallback = '', at }: FieldsProps) {
  const { t } = useTranslation();
  const change = (settings: Settings) => design((now) => setColumn(now, at, settings));
  const [typed, setTyped] = useState(fallback);
  const tell = useDebouncedCallback((text: string) => change({ default: text.trim() || undefined }), {
    delay: TYPING_MS,
    flushOnUnmount: true,
  });
  return (
    <Stack gap="sm">
      <NativeSelect
        label={t('load.reading.many')}
        value={many ?? ''}
        data={[
          { value: '', label: t('load.reading.manyKinds.none') },
          ...MANY.map((value) => ({ value, label: t(`load.reading.manyKinds.${value}`) })),
        ]}
        onChange={(event) => change({ many: MANY.find((one) => one === event.currentTarget.value) })}
      />
      <TagsInput
        label={t('load.reading.formats')}
        description={t('load.reading.formatsHint')}
        value={formats}
        onChange={(list) => change({ formats: list.length > 0 ? list : undefined })}
        comboboxProps={{ withinPortal: false }}
      />
      <NativeSelect
        label={t('load.reading.decimal')}
        value={decimal?.join('') ?? ''}
        data={[
          { value: '', label: t('load.reading.decimalDefault') },
          { value: '.', label: '1234.5' },
          { value: ',', label: '1234,5' },
          { value: '.,', label: '1234.5 · 1234,5' },
          { value: ',.', label: '1234,5 · 1234.5' },
        ]}
        onChange={(event) => change({ decimal: signsOf(event.currentTarget.value) })}
      />
      <TextInput
        label={t('load.reading.default')}
        description={t('load.reading.defaultHint')}
        value={typed}
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          tell(event.currentTarget.value);
        }}
      />
    </Stack>
  );
}

function signsOf(text: string): MappedColumn['decimal'] {
  return Object.hasOwn(SIGNS, text) ? [...SIGNS[text as keyof typeof SIGNS]] : undefined;
}
