import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client, host } from '#renderer/host/client.ts';
import { factsOf } from '#renderer/host/failure.ts';
import { say } from './say.ts';

interface Choosing {
  /** Whether folders are chosen in this page: the host's own, since there is no native dialog. */
  readonly inPage: boolean;
  readonly isBrowsing: boolean;
  readonly choose: (what: 'folder' | 'files') => void;
  readonly endBrowsing: () => void;
}

/** Lets the user choose folders and files: by a native dialog on the desktop, else among the host's folders. */
export function useChoose(onChosen: (paths: readonly string[]) => void): Choosing {
  const { data: info } = useQuery(host.app.info.queryOptions());
  const [isBrowsing, setBrowsing] = useState(false);
  const inPage = info?.host !== 'desktop';
  const ask = async (what: 'folder' | 'files') => {
    try {
      const paths = await client.shell.choose({ what });
      if (paths !== null) onChosen(paths);
    } catch (error) {
      say(factsOf(error).message);
    }
  };
  return {
    inPage,
    isBrowsing,
    choose: (what) => (inPage ? setBrowsing(true) : void ask(what)),
    endBrowsing: () => setBrowsing(false),
  };
}
