import 'uplot/dist/uPlot.min.css';
import { type RefObject, useEffect, useRef } from 'react';
import UPlot from 'uplot';
import type { SpeedPoint } from '#contract/api/job-views';
import { formatNumber } from '#renderer/format/numbers.ts';

const HEIGHT = 160;
const MEGABYTE = 1_000_000;
/** Ticks of the clock and of rows: whole seconds and whole rows, no label twice. */
const CLOCK_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 18_000, 36_000, 86_400];
const ROW_STEPS = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();

/**
 * Keeps a chart of the speed in the element that the returned ref is put on.
 * @param look changes when colours or the language do: the chart is then made anew.
 */
export function useSpeedPlot(history: readonly SpeedPoint[], look: string): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const data = useRef(history);
  data.current = history;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` stands for what the options read from the page.
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const made = new UPlot(optionsFor(element), columnsOf(data.current), element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [look]);
  useEffect(() => plot.current?.setData(columnsOf(history)), [history]);
  return place;
}

function columnsOf(history: readonly SpeedPoint[]): UPlot.AlignedData {
  return [
    history.map(({ at }) => at),
    history.map(({ rowsPerSecond }) => rowsPerSecond),
    history.map(({ bytesPerSecond }) => bytesPerSecond / MEGABYTE),
  ];
}

function optionsFor(element: HTMLElement): UPlot.Options {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(`--mantine-${name}`).trim();
  const axis = {
    stroke: color('color-dimmed'),
    font: `12px ${style.fontFamily}`,
    ticks: { show: false },
    grid: { stroke: color('color-default-border'), width: 1 },
  };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 0, 0, 0],
    scales: { x: { time: false }, rows: { range: fromZero }, bytes: { range: fromZero } },
    series: [
      {},
      { scale: 'rows', stroke: color('primary-color-filled'), width: 2, points: { show: false } },
      { scale: 'bytes', stroke: color('color-teal-filled'), width: 2, dash: [6, 4], points: { show: false } },
    ],
    axes: [
      { ...axis, grid: { show: false }, size: 24, incrs: CLOCK_STEPS, values: (_, splits) => splits.map(clockText) },
      {
        ...axis,
        scale: 'rows',
        size: 64,
        incrs: ROW_STEPS,
        values: (_, splits) => splits.map((value) => formatNumber(value)),
      },
      {
        ...axis,
        scale: 'bytes',
        side: 1,
        size: 52,
        grid: { show: false },
        values: (_, splits) => splits.map((value) => formatNumber(value, 2)),
      },
    ],
  };
}

function fromZero(_: UPlot, __: number, most: number): UPlot.Range.MinMax {
  return [0, most > 0 ? most * 1.1 : 1];
}

/** `1:05`, `1:02:05`. */
function clockText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}
