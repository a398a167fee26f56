import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { driver } from './driver.ts';
import { settings } from './record.ts';

/** A doubled Electron process: runs the built main process with `electron` being the double, driven by the test. */
const double = pathToFileURL(join(import.meta.dirname, 'electron.ts')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: double, shortCircuit: true } : next(specifier, context),
});

const [, , entry = '', ...args] = process.argv;
process.argv = settings.packaged ? [process.execPath, ...args] : [process.execPath, '.', ...args];
Object.defineProperty(process, 'resourcesPath', { value: join(import.meta.dirname, '../../..') });

interface Order {
  readonly id: number;
  readonly name: keyof typeof driver;
  readonly args: readonly unknown[];
}
process.on('message', async ({ id, name, args: given }: Order) => {
  try {
    const act = driver[name] as (...values: readonly unknown[]) => unknown;
    process.send?.({ id, value: await act(...given) });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
process.channel?.unref();
// Electron's main process lives until it quits; a test that is gone ends it.
setInterval(() => {}, 60_000);
process.on('disconnect', () => process.exit(9));

await import(pathToFileURL(entry).href);
process.send?.({ type: 'loaded' });
