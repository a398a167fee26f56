import { GENERATION_VARIABLE } from '#contract/worker-messages';

/** Old space and young generation (three semi-spaces) leave room for buffers below 300 MB of resident memory. */
export const WORKER_HEAP_OPTIONS: readonly string[] = ['--max-old-space-size=176', '--max-semi-space-size=16'];

/** What a worker needs of the environment. Passwords come in messages, so nothing that may hold one is passed on. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'USER',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'SystemRoot',
  'TEMP',
  'TMP',
  'TMPDIR',
  'TZ',
  'LANG',
  'LC_ALL',
  'LOADSTONE_HOME',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
  // where libpq's users keep passwords and certificates
  'PGPASSFILE',
  'PGSSLROOTCERT',
  'PGSSLCERT',
  'PGSSLKEY',
];

/** The environment a worker of this generation starts with, whoever starts it. */
export function workerEnvironment(generation: number): Record<string, string> {
  const passed = PASSED_ON.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(passed), [GENERATION_VARIABLE]: String(generation) };
}
