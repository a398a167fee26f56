import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryClient } from './host/query-client.ts';
import { AppFrame } from './layout/app-frame.tsx';
import { AppRouter } from './layout/app-router.tsx';
import { HostGate } from './layout/host-gate.tsx';
import { PreferencesSync } from './layout/preferences-sync.tsx';
import { styleNonce } from './theme/style-nonce.ts';
import { theme } from './theme/theme.ts';

/** Everything a screen may rely on: the theme, the language, and a host that answers. */
export function App() {
  const { t } = useTranslation();
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <QueryClientProvider client={queryClient}>
        <AppRouter>
          <ModalsProvider labels={{ confirm: t('common.confirm'), cancel: t('common.cancel') }}>
            {/* Not at the bottom, where the wizard's buttons are. */}
            <Notifications position="top-center" />
            <HostGate>
              <PreferencesSync />
              <AppFrame />
            </HostGate>
          </ModalsProvider>
        </AppRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}
