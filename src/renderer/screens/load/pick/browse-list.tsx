import { Group, ScrollArea, Text, UnstyledButton } from '@mantine/core';
import { IconCheck, IconFileCode, IconFolder } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FolderListing } from '#contract/api/sources';
import { formatBytes } from '#renderer/format/numbers.ts';
import classes from './browse-list.module.css';

const ROW_PX = 36;
const PAGE_ROWS = 8;

interface BrowseListProps {
  readonly listing: FolderListing;
  readonly marked: readonly string[];
  readonly onOpen: (path: string | null) => void;
  readonly onMark: (path: string) => void;
}

/** Arrows move, Enter opens a folder or marks a file, Backspace goes up. */
export function BrowseList({ listing, marked, onOpen, onMark }: BrowseListProps) {
  const { t } = useTranslation();
  const { entries } = listing;
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  useEffect(() => box.current?.focus(), []);
  const move = (to: number) => {
    const next = Math.max(0, Math.min(entries.length - 1, to));
    setAt(next);
    rows.scrollToIndex(next);
  };
  const act = (entry: FolderListing['entries'][number] | undefined) => {
    if (entry?.kind === 'folder') onOpen(entry.path);
    else if (entry?.kind === 'file') onMark(entry.path);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = targetOf(event.key, at, entries.length);
    if (to !== null) move(to);
    else if (event.key === 'Enter' || event.key === ' ') act(entries[at]);
    else if (event.key === 'Backspace' && listing.path !== null) onOpen(listing.parent);
    else return;
    event.preventDefault();
  };
  if (entries.length === 0) return <Text c="dimmed">{t('load.browse.empty')}</Text>;
  return (
    <>
      <ScrollArea.Autosize
        mah={320}
        type="auto"
        viewportRef={box}
        viewportProps={{
          tabIndex: 0,
          role: 'listbox',
          'aria-label': t('load.browse.list'),
          'aria-multiselectable': true,
          'aria-activedescendant': `entry-${at}`,
          onKeyDown,
        }}
        className={classes.box}
      >
        <div style={{ height: rows.getTotalSize(), position: 'relative' }} role="presentation">
          {rows.getVirtualItems().map(({ index, start }) => {
            const entry = entries[index];
            if (entry === undefined) return null;
            return (
              <UnstyledButton
                key={entry.path}
                id={`entry-${index}`}
                component="div"
                role="option"
                tabIndex={-1}
                aria-selected={marked.includes(entry.path)}
                className={classes.row}
                data-active={index === at || undefined}
                style={{ height: ROW_PX, transform: `translateY(${start}px)` }}
                onClick={() => {
                  setAt(index);
                  act(entry);
                }}
              >
                <Entry entry={entry} isMarked={marked.includes(entry.path)} />
              </UnstyledButton>
            );
          })}
        </div>
      </ScrollArea.Autosize>
      {listing.truncated ? (
        <Text fz="sm" c="dimmed" mt="xs">
          {t('load.browse.truncated')}
        </Text>
      ) : null}
    </>
  );
}

function Entry({ entry, isMarked }: { readonly entry: FolderListing['entries'][number]; readonly isMarked: boolean }) {
  const Icon = isMarked ? IconCheck : entry.kind === 'folder' ? IconFolder : IconFileCode;
  return (
    <Group gap="xs" wrap="nowrap" w="100%">
      <Icon size={18} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />
      <Text truncate flex={1} title={entry.name}>
        {entry.name}
      </Text>
      {entry.bytes === undefined ? null : (
        <Text fz="sm" c="dimmed" className="numeric">
          {formatBytes(entry.bytes)}
        </Text>
      )}
    </Group>
  );
}

function targetOf(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return at - 1;
    case 'PageDown':
      return at + PAGE_ROWS;
    case 'PageUp':
      return at - PAGE_ROWS;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
