import type { MappedTable, Mapping } from '#contract/mapping';
import { foldName } from '../mapping-names.ts';

export const BOX_WIDTH = 220;
export const HEAD_HEIGHT = 30;
export const LINE_HEIGHT = 22;
const GAP_X = 90;
const GAP_Y = 28;
const MARGIN = 12;
const MOST_LINES = 10;

export interface DiagramBox {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly lines: readonly { readonly name: string; readonly type: string; readonly isKey: boolean }[];
  /** Columns that are not drawn. */
  readonly more: number;
}

interface DiagramLink {
  readonly from: number;
  readonly to: number;
  /** Of the columns it stands on; where they are not drawn, the box's head. */
  readonly fromY: number;
  readonly toY: number;
}

export interface Diagram {
  readonly boxes: readonly DiagramBox[];
  readonly links: readonly DiagramLink[];
  readonly width: number;
  readonly height: number;
}

/** Puts the tables beside each other, each to the right of all it refers to. */
export function layOut(mapping: Mapping): Diagram {
  const tables = mapping.tables.filter(({ keep }) => keep);
  const find = (name: string) => tables.findIndex((one) => foldName(one.name, mapping) === foldName(name, mapping));
  const targets = tables.map(({ references }) => references.map(({ table }) => find(table)));
  const ranks = ranksOf(targets);
  const ends: number[] = [];
  const boxes = tables.map((table, at): DiagramBox => {
    const rank = ranks[at] ?? 0;
    const y = ends[rank] ?? MARGIN;
    const { lines, more } = linesOf(table);
    const height = HEAD_HEIGHT + (lines.length + (more > 0 ? 1 : 0)) * LINE_HEIGHT + 6;
    ends[rank] = y + height + GAP_Y;
    return { name: table.name, x: MARGIN + rank * (BOX_WIDTH + GAP_X), y, height, lines, more };
  });
  const links = tables.flatMap(({ references }, from) =>
    references.flatMap(({ columns, table, on }): DiagramLink[] => {
      const to = find(table);
      const [own, other] = [boxes[from], boxes[to]];
      if (own === undefined || other === undefined) return [];
      return [{ from, to, fromY: lineY(own, columns[0]), toY: lineY(other, on[0]) }];
    }),
  );
  const width = Math.max(0, ...boxes.map(({ x }) => x + BOX_WIDTH)) + MARGIN;
  const height = Math.max(0, ...boxes.map((box) => box.y + box.height)) + MARGIN;
  return { boxes, links, width, height };
}

/** How many references lie behind each table; in a circle the first one comes first. */
function ranksOf(targets: readonly (readonly number[])[]): readonly number[] {
  const ranks: number[] = [];
  const open = new Set<number>();
  const rank = (at: number): number => {
    const known = ranks[at];
    if (known !== undefined) return known;
    if (open.has(at)) return -1;
    open.add(at);
    const below = (targets[at] ?? []).filter((to) => to >= 0 && to !== at).map(rank);
    open.delete(at);
    const found = Math.max(-1, ...below) + 1;
    ranks[at] = found;
    return found;
  };
  return targets.map((_, at) => rank(at));
}

/** Keys and references first: they are what a diagram is for. */
function linesOf({ columns, key, references }: MappedTable): Pick<DiagramBox, 'lines' | 'more'> {
  const linked = new Set(references.flatMap((one) => one.columns));
  const weight = (name: string) => (key.includes(name) ? 0 : linked.has(name) ? 1 : 2);
  const sorted = columns.toSorted((a, b) => weight(a.name) - weight(b.name));
  const lines = sorted.slice(0, MOST_LINES).map(({ name, type }) => ({ name, type, isKey: key.includes(name) }));
  return { lines, more: columns.length - lines.length };
}

function lineY({ y, lines }: DiagramBox, column: string | undefined): number {
  const at = lines.findIndex(({ name }) => name === column);
  return at < 0 ? y + HEAD_HEIGHT / 2 : y + HEAD_HEIGHT + (at + 0.5) * LINE_HEIGHT;
}
