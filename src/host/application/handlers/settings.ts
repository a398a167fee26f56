import type { Api } from '../api.ts';
import type { Services } from '../services.ts';

export function settingsHandlers(api: Api, { settings, events }: Services) {
  return {
    get: api.settings.get.handler(() => settings.read()),
    change: api.settings.change.handler(({ input }) => {
      const changed = settings.change(input);
      events.tell({ type: 'settings' });
      return changed;
    }),
  };
}
