import type { Api } from '../api.ts';
import type { Services } from '../services.ts';

export function shellHandlers(api: Api, { options: { shell }, writable }: Services) {
  return {
    choose: api.shell.choose.handler(({ input }) => shell.choose(input)),
    save: api.shell.save.handler(async ({ input }) => {
      const path = await shell.save(input);
      if (path !== null) writable.add(path);
      return path;
    }),
    reveal: api.shell.reveal.handler(async ({ input: { path } }) => {
      await shell.reveal(path);
      return null;
    }),
  };
}
