import { Box, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GuessNote, ORDER } from './guess-note.tsx';
import { type DialectKey, type DialectValue, saidValue } from './said.ts';
import type { Saying } from './saying.ts';
import { useSignName } from './sign-name.ts';

const DELIMITERS = [',', ';', '\t', '|', ' '] as const;
const OTHER = 'other';

export function DelimiterField(saying: Saying) {
  const { t } = useTranslation();
  const signName = useSignName();
  const value = valueNow(saying, 'delimiter') ?? ',';
  const isListed = DELIMITERS.some((one) => one === value);
  const [isOther, setOther] = useState(false);
  const label = t('load.dialect.delimiter');
  const choose = (chosen: string) => {
    setOther(chosen === OTHER);
    if (chosen !== OTHER) saying.tell('delimiter', chosen);
  };
  return (
    <Box>
      <NativeSelect
        label={label}
        value={isOther || !isListed ? OTHER : value}
        data={[
          ...DELIMITERS.map((sign) => ({ value: sign, label: signName(sign) })),
          { value: OTHER, label: t('load.dialect.otherSign') },
        ]}
        onChange={(event) => choose(event.currentTarget.value)}
        description={<GuessNote {...saying} of="delimiter" label={label} show={signName} />}
        inputWrapperOrder={ORDER}
      />
      {isOther || !isListed ? (
        <TextInput
          mt={4}
          aria-label={t('load.dialect.otherDelimiter')}
          maxLength={1}
          defaultValue={isListed ? '' : value}
          onChange={({ currentTarget: { value: sign } }) => {
            if (sign !== '') saying.tell('delimiter', sign);
          }}
        />
      ) : null}
    </Box>
  );
}

export function QuoteField(saying: Saying) {
  const { t } = useTranslation();
  const signName = useSignName();
  return (
    <Choice
      {...saying}
      of="quote"
      label={t('load.dialect.quote')}
      options={['"', "'", null]}
      show={(sign) => signName(sign)}
    />
  );
}

export function EscapeField(saying: Saying) {
  const { t } = useTranslation();
  const quote = valueNow(saying, 'quote') ?? '"';
  const show = (sign: string | null) => {
    if (sign === null || sign === '') return t('load.dialect.escaped.none');
    return sign === '\\' ? t('load.dialect.escaped.backslash') : t('load.dialect.escaped.doubled');
  };
  return <Choice {...saying} of="escape" label={t('load.dialect.escape')} options={[quote, '\\', null]} show={show} />;
}

export function HeaderField(saying: Saying) {
  const { t } = useTranslation();
  return (
    <Choice
      {...saying}
      of="header"
      label={t('load.dialect.header')}
      options={[true, false]}
      show={(has) => t(has ? 'load.dialect.hasHeader' : 'load.dialect.noHeader')}
    />
  );
}

export function DecimalField(saying: Saying) {
  const { t } = useTranslation();
  return (
    <Choice
      {...saying}
      of="decimal"
      label={t('load.dialect.decimal')}
      options={['.', ',']}
      show={(sign) => (sign === '.' ? '1234.5' : '1234,5')}
    />
  );
}

interface ChoiceProps<Key extends DialectKey> extends Saying {
  readonly of: Key;
  readonly label: string;
  readonly options: readonly DialectValue<Key>[];
  readonly show: (value: DialectValue<Key>) => string;
}

/** One of a few values; one that is set without being among them is one more. */
function Choice<Key extends DialectKey>({ of, label, options, show, ...saying }: ChoiceProps<Key>) {
  const value = valueNow(saying, of);
  const all = value === undefined || options.includes(value) ? options : [...options, value];
  return (
    <NativeSelect
      label={label}
      value={String(value === undefined ? 0 : all.indexOf(value))}
      data={all.map((one, at) => ({ value: String(at), label: show(one) }))}
      onChange={(event) => saying.tell(of, all[Number(event.currentTarget.value)])}
      description={<GuessNote {...saying} of={of} label={label} show={show} />}
      inputWrapperOrder={ORDER}
    />
  );
}

/** As it is read now; undefined: not known yet. */
function valueNow<Key extends DialectKey>({ said, read }: Saying, key: Key): DialectValue<Key> | undefined {
  const own = saidValue(said, key);
  return own === undefined ? read?.[key].value : own;
}
