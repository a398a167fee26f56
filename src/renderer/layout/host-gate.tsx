import { Center, Loader, Stack, Text, Title } from '@mantine/core';
import { type PropsWithChildren, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hostLink } from '../host/host-link.ts';
import { useHostState } from '../host/use-host-state.ts';

/** Shows nothing of the application before the host has answered once; after that a broken line is only a banner. */
export function HostGate({ children }: PropsWithChildren) {
  const { t } = useTranslation();
  const state = useHostState();
  const [met, setMet] = useState(false);
  useEffect(() => hostLink.start(), []);
  useEffect(() => {
    if (state === 'open') setMet(true);
  }, [state]);
  if (state === 'refused') return <Refused />;
  if (met) return children;
  return (
    <Center h="100vh" component="main">
      <Stack align="center" role="status">
        <Loader />
        <Text>{t(state === 'lost' ? 'common.host.lost' : 'common.host.connecting')}</Text>
      </Stack>
    </Center>
  );
}

function Refused() {
  const { t } = useTranslation();
  return (
    <Center h="100vh" p="md" component="main">
      <Stack maw={480} role="alert">
        <Title order={1} fz="h3">
          {t('common.host.refused')}
        </Title>
        <Text>{t('common.host.refusedHint')}</Text>
      </Stack>
    </Center>
  );
}
