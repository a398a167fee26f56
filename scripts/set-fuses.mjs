// Sets Electron's fuses in a packaged binary: node scripts/set-fuses.mjs <path of the executable or .app>.
// A packager calls `setFuses` after it has packed and before it signs.
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/** What the packaged application may and must do, whatever its environment or command line says. */
const FUSES = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
};

/** Sets every fuse, reads them back, and throws when one is not as it should be. */
export async function setFuses(executable) {
  await flipFuses(executable, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: process.platform === 'darwin' && process.arch === 'arm64',
    ...FUSES,
  });
  const wire = await getCurrentFuseWire(executable);
  const wrong = Object.entries(FUSES).filter(
    ([fuse, on]) => wire[fuse] !== (on ? FuseState.ENABLE : FuseState.DISABLE),
  );
  if (wrong.length > 0) throw new Error(`not set: ${wrong.map(([fuse]) => FuseV1Options[fuse]).join(', ')}`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , executable] = process.argv;
  if (executable === undefined || !existsSync(executable)) {
    process.stderr.write('usage: node scripts/set-fuses.mjs <path of the packaged executable or .app>\n');
    process.exit(2);
  }
  await setFuses(executable);
  process.stdout.write(`${Object.keys(FUSES).length} fuses set in ${executable}\n`);
}
