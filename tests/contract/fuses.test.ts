import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

const SCRIPT = join(import.meta.dirname, '../../scripts/set-fuses.mjs');
/** What marks the fuses in a binary of Electron; version 1 and the number of fuses follow it. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** A file with the fuses of Electron as it is shipped, in the midst of other bytes. */
function binary(folder: string, fuses: string): string {
  const path = join(folder, 'electron');
  const wire = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, fuses.length]), Buffer.from(fuses)]);
  writeFileSync(path, Buffer.concat([Buffer.alloc(70_000, 0xcc), wire, Buffer.alloc(30_000, 0x90)]));
  return path;
}

function setFuses(path: string) {
  return spawnSync(process.execPath, [SCRIPT, path], { encoding: 'utf8' });
}

describe('the fuses of a packaged binary', () => {
  test('shut out Node, and let only our archive be loaded, once the script set them', async () => {
    using folder = temporaryFolder();
    const path = binary(folder.path, '101100011');
    expect(setFuses(path)).toMatchObject({ status: 0, stderr: '' });
    const wire = await getCurrentFuseWire(path);
    const on = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE;
    expect({
      runAsNode: on(FuseV1Options.RunAsNode),
      nodeOptions: on(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: on(FuseV1Options.EnableNodeCliInspectArguments),
      snapshot: on(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
      fileProtocol: on(FuseV1Options.GrantFileProtocolExtraPrivileges),
      cookies: on(FuseV1Options.EnableCookieEncryption),
      integrity: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyAsar: on(FuseV1Options.OnlyLoadAppFromAsar),
    }).toEqual({
      runAsNode: false,
      nodeOptions: false,
      inspect: false,
      snapshot: false,
      fileProtocol: false,
      cookies: true,
      integrity: true,
      onlyAsar: true,
    });
  });

  test('are refused as a whole where a binary knows one that the script does not', async () => {
    using folder = temporaryFolder();
    const path = binary(folder.path, '1011000111');
    expect(setFuses(path).status).not.toBe(0);
    expect((await getCurrentFuseWire(path))[FuseV1Options.RunAsNode]).toBe(FuseState.ENABLE);
  });

  test('cannot be set in a file that is no Electron', () => {
    using folder = temporaryFolder();
    const path = join(folder.path, 'other');
    writeFileSync(path, 'not a binary');
    const { status, stderr } = setFuses(path);
    expect(status).not.toBe(0);
    expect(stderr).toContain('sentinel');
  });
});
