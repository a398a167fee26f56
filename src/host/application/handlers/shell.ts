import type { Api } from '../api.ts';
import type { Services } from '../services.ts';

export function shellHandlers(api: Api, { options: { shell } }: Services) {
  return {
    choose: api.shell.choose.handler(({ input }) => shell.choose(input)),
    save: api.shell.save.handler(({ input }) => shell.save(input)),
    reveal: api.shell.reveal.handler(async ({ input: { path } }) => {
      await shell.reveal(path);
      return null;
    }),
  };
}
