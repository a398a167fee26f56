import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attachment, Downloads } from '#server/downloads';
import { temporaryFolder } from '#tests/helpers/temporary-folder';

describe('a file offered for download', () => {
  it('goes when its time is over', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'rejects.csv');
    writeFileSync(file, 'a');
    expect(new Downloads(20).offer(file, 'rejects.csv')).toMatch(/^\/download\/[\w-]{43}$/);
    expect(existsSync(file)).toBe(true);
    await expect.poll(() => existsSync(file), { interval: 10 }).toBe(false);
  });

  it('goes when the host stops', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'rejects.csv');
    writeFileSync(file, 'a');
    const downloads = new Downloads();
    downloads.offer(file, 'rejects.csv');
    await downloads.close();
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    ['rejects.csv', 'rejects.csv', 'rejects.csv'],
    ['Từ chối (1).csv', 'T_ ch_i (1).csv', 'T%E1%BB%AB%20ch%E1%BB%91i%20%281%29.csv'],
    ['a"b\\c%d\r\n.csv', 'a_b_c_d__.csv', 'a%22b%5Cc%25d%0D%0A.csv'],
    ['\ud800.csv', '_.csv', '%EF%BF%BD.csv'],
  ])('%j keeps its name', (name, plain, exact) => {
    expect(attachment(name)).toBe(`attachment; filename="${plain}"; filename*=UTF-8''${exact}`);
  });
});
