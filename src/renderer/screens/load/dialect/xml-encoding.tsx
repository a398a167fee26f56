import { Accordion, Autocomplete } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useInference } from '../infer/use-inference.ts';
import { setSaid, useSaid } from '../wizard-store.ts';
import { ENCODINGS } from './encoding-field.tsx';
import { useTyped } from './use-typed.ts';

/** XML files say their encoding themselves; some say it wrongly, or not at all. */
export function XmlEncoding() {
  const { t } = useTranslation();
  const { format } = useInference();
  const said = useSaid();
  const [typed, type] = useTyped(said.encoding ?? '', (name) => {
    const encoding = name.trim();
    setSaid(encoding === '' ? {} : { encoding }, undefined);
  });
  if (format !== 'xml') return null;
  return (
    <Accordion variant="contained" defaultValue={said.encoding === undefined ? null : 'encoding'}>
      <Accordion.Item value="encoding">
        <Accordion.Control>{t('load.dialect.encodingOf')}</Accordion.Control>
        <Accordion.Panel>
          <Autocomplete
            aria-label={t('load.dialect.encodingOf')}
            description={t('load.dialect.encodingHint')}
            placeholder={t('load.dialect.encodingAuto')}
            value={typed}
            data={[...ENCODINGS]}
            filter={({ options }) => options}
            onChange={type}
            clearable
            spellCheck={false}
            maw={320}
          />
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
