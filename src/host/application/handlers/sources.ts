import type { Api } from '../api.ts';
import type { Services } from '../services.ts';
import { admitPaths, existsSoon } from './paths.ts';

export function sourceHandlers({ sources: api }: Api, { options: { shell }, jobs, inquiries }: Services) {
  return {
    recent: api.recent.handler(() =>
      Promise.all(
        jobs.recentSources().map(async (source) => {
          const there = await Promise.all(source.paths.map(existsSoon));
          return { ...source, exists: there.every(Boolean) };
        }),
      ),
    ),
    scan: api.scan.handler(async ({ input: { paths, mapping }, signal }) => {
      await admitPaths(shell, paths);
      return inquiries.ask<'source.scan'>({ kind: 'source.scan', paths, mapping }, { signal });
    }),
    browse: api.browse.handler(({ input: { path } }) => shell.browse(path)),
  };
}
