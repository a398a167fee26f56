import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Mapping } from '#contract/mapping';
import { BOX_WIDTH, type Diagram, type DiagramBox, HEAD_HEIGHT, LINE_HEIGHT, layOut } from './diagram-layout.ts';
import classes from './entity-diagram.module.css';

const MOST_LETTERS = 17;

/** The tables and what refers to what. */
export function EntityDiagram({ mapping }: { readonly mapping: Mapping }) {
  const { t } = useTranslation();
  const diagram = layOut(mapping);
  const { boxes, width, height } = diagram;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.box} tabIndex={0} aria-label={t('load.live.diagram')}>
      <svg width={width} height={height} aria-hidden="true">
        <Links diagram={diagram} />
        {boxes.map((box) => (
          <Box key={box.name} box={box} />
        ))}
      </svg>
      <VisuallyHidden>
        <ul>
          {mapping.tables.map(({ name, key, references }) => (
            <li key={name}>
              {t('load.diagram.table', { table: name, key: key.join(', ') || '–' })}
              {references.map((one) => (
                <span key={`${one.table} ${one.columns.join()}`}>
                  {` ${t('load.diagram.reference', { columns: one.columns.join(', '), table: one.table })}`}
                </span>
              ))}
            </li>
          ))}
        </ul>
      </VisuallyHidden>
    </section>
  );
}

function Links({ diagram: { boxes, links } }: { readonly diagram: Diagram }) {
  return links.map(({ from, to, fromY, toY }) => {
    const own = boxes[from];
    const other = boxes[to];
    if (own === undefined || other === undefined) return null;
    const startX = own.x;
    const endX = other.x + BOX_WIDTH;
    const bend = from === to ? 60 : Math.max(40, Math.abs(startX - endX) / 2);
    return (
      <g key={`${from} ${fromY} ${to} ${toY}`}>
        <path
          className={classes.link}
          d={`M ${startX} ${fromY} C ${startX - bend} ${fromY}, ${endX + bend} ${toY}, ${endX} ${toY}`}
        />
        <circle className={classes.end} cx={endX} cy={toY} r={4} />
      </g>
    );
  });
}

function Box({ box: { name, x, y, height, lines, more } }: { readonly box: DiagramBox }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect className={classes.table} width={BOX_WIDTH} height={height} rx={6} />
      <text className={classes.head} x={10} y={HEAD_HEIGHT - 10}>
        {short(name, MOST_LETTERS + 8)}
        <title>{name}</title>
      </text>
      <line className={classes.rule} x1={0} x2={BOX_WIDTH} y1={HEAD_HEIGHT} y2={HEAD_HEIGHT} />
      {lines.map((line, at) => (
        <g key={line.name} transform={`translate(0 ${HEAD_HEIGHT + (at + 0.7) * LINE_HEIGHT})`}>
          <text className={line.isKey ? classes.key : classes.column} x={10}>
            {short(line.name, MOST_LETTERS)}
            <title>{line.name}</title>
          </text>
          <text className={classes.type} x={BOX_WIDTH - 10} textAnchor="end">
            {short(line.type, 13)}
          </text>
        </g>
      ))}
      {more > 0 ? (
        <text className={classes.type} x={10} y={HEAD_HEIGHT + (lines.length + 0.7) * LINE_HEIGHT}>
          {`+ ${more}`}
        </text>
      ) : null}
    </g>
  );
}

function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
