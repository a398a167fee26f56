import { Button, Card, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { host } from '#renderer/host/client.ts';
import { chooseSource } from '../wizard-store.ts';

/** The data set that comes with Loadstone, one click away. */
export function ExampleCard() {
  const { t } = useTranslation();
  const { data: info } = useQuery(host.app.info.queryOptions());
  const example = info?.example ?? null;
  if (example === null) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="example-title">
      <Title order={2} fz="h4" id="example-title">
        {t('load.example.title')}
      </Title>
      <Card withBorder padding="lg">
        <Group wrap="nowrap" align="flex-start">
          <ThemeIcon variant="light" size="lg" aria-hidden>
            <IconSparkles size={20} stroke={1.6} />
          </ThemeIcon>
          <Stack gap="sm" align="flex-start">
            <Text>{t('load.example.text')}</Text>
            <Button variant="light" onClick={() => chooseSource(example.paths, example.mapping)}>
              {t('load.example.open')}
            </Button>
          </Stack>
        </Group>
      </Card>
    </Stack>
  );
}
