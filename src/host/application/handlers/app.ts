import { availableParallelism } from 'node:os';
import type { Api } from '../api.ts';
import { asFailed } from '../api.ts';
import { watchApp } from '../app-events.ts';
import { hasEmbedded } from '../embedded-package.ts';
import type { Services } from '../services.ts';
import { stream } from '../stream.ts';

export function appHandlers({ app }: Api, services: Services) {
  const { options, events, closing } = services;
  return {
    info: app.info.handler(() => ({
      version: options.version,
      host: options.shell.host,
      home: options.home,
      cores: availableParallelism(),
      example: options.example,
      secrets: options.secrets.kind,
      embedded: hasEmbedded(),
    })),
    watch: app.watch.handler(({ signal }) =>
      stream(
        [signal, closing],
        (left) => watchApp((listener) => events.listen(listener), left),
        (thrown) => asFailed(thrown, options.log, 'app.watch'),
      ),
    ),
  };
}
