import { AppShell, Box, Burger, Group, NavLink, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { modals } from '@mantine/modals';
import {
  IconDatabase,
  IconDatabaseImport,
  IconHistory,
  IconListCheck,
  IconPlugConnected,
  IconSettings,
} from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { useAppEvents } from '../host/app-events.ts';
import { whenInFront } from '../notices/looking.ts';
import { tellEnd } from '../notices/tell-end.tsx';
import { tellMissedEnds, useJobNotices } from '../notices/use-job-notices.ts';
import { useRunningMark } from '../notices/use-running-mark.tsx';
import { chooseSource } from '../screens/load/wizard-store.ts';
import { HostBanner } from './host-banner.tsx';
import { Screens } from './screens.tsx';
import { WaitingBadge } from './waiting-badge.tsx';

const PLACES = [
  { to: '/', label: 'common.nav.load', icon: IconDatabaseImport },
  { to: '/jobs', label: 'common.nav.jobs', icon: IconListCheck },
  { to: '/tables', label: 'common.nav.tables', icon: IconDatabase },
  { to: '/connections', label: 'common.nav.connections', icon: IconPlugConnected },
  { to: '/audit', label: 'common.nav.audit', icon: IconHistory },
  { to: '/settings', label: 'common.nav.settings', icon: IconSettings },
] as const;

/** The frame around every screen: navigation, and whether the host is there. */
export function AppFrame() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure();
  const [here, navigate] = useHashLocation();
  // A question is about the screen it was asked on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at every change of the place
  useEffect(() => modals.closeAll(), [here]);
  useJobNotices();
  useAppEvents({
    onHello: () => void tellMissedEnds().catch(() => undefined),
    onOpen: (paths) => {
      chooseSource(paths);
      navigate('/');
    },
    onEnded: tellEnd,
    onShow: (job) => whenInFront(() => navigate(`/jobs/${job}`)),
  });
  return (
    <AppShell
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', md: 'xl' }}
    >
      <a className="skip-link" href="#content">
        {t('common.skipToContent')}
      </a>
      <AppShell.Header hiddenFrom="sm">
        <Group h="100%" px="md">
          <Burger opened={opened} onClick={toggle} size="sm" aria-label={t('common.toggleNavigation')} />
          <Brand />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t('common.navigation')}>
        <Box visibleFrom="sm" p="xs" mb="xs">
          <Brand />
        </Box>
        <Places onGo={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} style={{ outline: 'none' }}>
        <HostBanner />
        <Screens />
      </AppShell.Main>
    </AppShell>
  );
}

function Brand() {
  return (
    <UnstyledButton component={Link} href="/">
      <Text fw={700} fz="lg">
        Loadstone
      </Text>
    </UnstyledButton>
  );
}

function Places({ onGo }: { readonly onGo: () => void }) {
  const { t } = useTranslation();
  const [here] = useHashLocation();
  const { rightSection: running, ...described } = useRunningMark();
  const marks = {
    ...described,
    rightSection: (
      <Group gap={4} wrap="nowrap">
        <WaitingBadge />
        {running}
      </Group>
    ),
  };
  return PLACES.map(({ to, label, icon: Icon }) => {
    const active = to === '/' ? here === '/' || here.startsWith('/load') : here.startsWith(to);
    return (
      <NavLink
        key={to}
        component={Link}
        href={to}
        active={active}
        aria-current={active ? 'page' : undefined}
        label={t(label)}
        leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
        {...(to === '/jobs' && marks)}
        onClick={onGo}
      />
    );
  });
}
