import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@mantine/dropzone/styles.css';
import '@mantine/notifications/styles.css';
import './theme/global.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startI18n } from './i18n/i18n.ts';
import { publishStyleNonce } from './theme/style-nonce.ts';

publishStyleNonce();
startI18n();
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App />);
