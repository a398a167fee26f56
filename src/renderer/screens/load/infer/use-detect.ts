import { useQuery } from '@tanstack/react-query';
import type { DetectedFormats } from '#contract/api/inference';
import { FILE_FORMATS, type FileFormat } from '#contract/file-formats';
import { host } from '#renderer/host/client.ts';
import { useWizard } from '../wizard-store.ts';

/** Which formats the chosen files have. */
export function useDetect() {
  const paths = useWizard((wizard) => wizard.paths);
  return useQuery(host.sources.detect.queryOptions({ input: { paths: [...paths] }, enabled: paths.length > 0 }));
}

/** The format of most files; null: there is none that can be read. */
export function mainFormat(found: DetectedFormats): FileFormat | null {
  const best = FILE_FORMATS.reduce((left, right) => (found[right] > found[left] ? right : left));
  return found[best] > 0 ? best : null;
}
