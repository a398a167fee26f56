import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SourceExcerpt } from '#contract/api/reject-corrections';
import classes from './excerpt.module.css';
import { findMarks, type MarkedRange, partsOf, recordRange, type Sought } from './marks.ts';

interface ExcerptProps {
  readonly excerpt: SourceExcerpt;
  readonly path: string;
  readonly sought: readonly Sought[];
}

type Line = SourceExcerpt['lines'][number];

/** The lines around a record as they stand in the file: the record set off, what was objected to marked. */
export function Excerpt({ excerpt, path, sought }: ExcerptProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLElement>(null);
  const marks = findMarks(excerpt, sought);
  const { lines, begins, ends } = excerpt;
  const last = ends?.line ?? begins.line;
  useLayoutEffect(() => showMark(box.current), []);
  return (
    <section
      ref={box}
      className={classes.box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={t('rejects.excerpt.label', { path, from: begins.line, to: last })}
    >
      <ol className={classes.lines}>
        {lines.map((line, at) => (
          <LineView
            key={`${line.number}:${line.column}`}
            line={line}
            record={recordRange(excerpt, line)}
            isSkipped={at > 0 && line.number > (lines[at - 1]?.number ?? 0) + 1}
            ranges={marks.get(line.number) ?? []}
          />
        ))}
      </ol>
    </section>
  );
}

interface LineViewProps {
  readonly line: Line;
  /** What of the line is the record's; null: nothing. */
  readonly record: MarkedRange | null;
  /** Lines before it are left out. */
  readonly isSkipped: boolean;
  readonly ranges: readonly MarkedRange[];
}

function LineView({ line: { number, column, text, more }, record, isSkipped, ranges }: LineViewProps) {
  const isWhole = record !== null && text.slice(0, record.from).trim() === '' && text.slice(record.to).trim() === '';
  const { from, to } = record ?? { from: 0, to: 0 };
  return (
    <li
      className={classes.line}
      data-within={record !== null || undefined}
      data-whole={isWhole || undefined}
      data-skipped={isSkipped || undefined}
    >
      <span className={classes.number}>{number}</span>
      <code className={classes.text}>
        {column > 1 ? '… ' : ''}
        {text.slice(0, from)}
        <span className={classes.record}>
          {partsOf(text.slice(from, to), shifted(ranges, from)).map((part, at) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
            part.marked ? <mark key={at}>{part.text}</mark> : <span key={at}>{part.text}</span>,
          )}
        </span>
        {text.slice(to)}
        {more ? ' …' : ''}
      </code>
    </li>
  );
}

/** Scrolls the box, and nothing else, to what is marked, or else to the record. */
function showMark(box: HTMLElement | null): void {
  const target = box?.querySelector('mark') ?? box?.querySelector('[data-within]');
  if (box === null || target === null || target === undefined) return;
  const outer = box.getBoundingClientRect();
  const inner = target.getBoundingClientRect();
  if (inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - outer.height / 3;
  if (inner.right > outer.right) box.scrollLeft += inner.left - outer.left - outer.width / 3;
}

function shifted(ranges: readonly MarkedRange[], by: number): readonly MarkedRange[] {
  return ranges.map(({ from, to }) => ({ from: from - by, to: to - by }));
}
