import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string) => resolve(import.meta.dirname, path);

/** One build makes every process's entry. Only `index` (the Electron main process) may import electron. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          index: at('src/main/index.ts'),
          worker: at('src/worker/index.ts'),
          server: at('src/server/index.ts'),
          cli: at('src/cli/index.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    // Whoever serves the page puts a fresh nonce in its place.
    html: { cspNonce: '__CSP_NONCE__' },
    build: { outDir: 'out/renderer', minify: true, rollupOptions: { input: at('src/renderer/index.html') } },
    plugins: [react()],
  },
});
