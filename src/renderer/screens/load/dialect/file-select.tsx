import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useScan } from '../source/use-scan.ts';

const MOST_LISTED = 200;

interface FileSelectProps {
  readonly path: string | null;
  readonly files: number;
  readonly onPath: (path: string | null) => void;
}

/** Which of the files is shown. */
export function FileSelect({ path, files, onPath }: FileSelectProps) {
  const { t } = useTranslation();
  const { data: scanned } = useScan();
  if (files < 2 || path === null) return null;
  const known = scanned?.sample.slice(0, MOST_LISTED).map((file) => file.path) ?? [];
  return (
    <Select
      label={t('load.dialect.file', { count: files })}
      data={known.includes(path) ? known : [path, ...known]}
      value={path}
      onChange={onPath}
      searchable
      allowDeselect={false}
      maw={480}
    />
  );
}
