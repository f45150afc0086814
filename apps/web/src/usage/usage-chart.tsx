import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatHour } from '../language/format.js';

const HEIGHT_PX = 220;
/** Distinguish the lines without their colors. */
const DASHES = [[], [6, 4], [2, 3]];
const COLORS = ['--accent', '--bad', '--good'];

interface ChartLine {
  readonly label: string;
  /** One value per time, or null. */
  readonly values: readonly (number | null)[];
}

interface UsageChartProps {
  readonly label: string;
  /** In epoch milliseconds. */
  readonly times: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
}

/** Draws lines over time. The page shows the same values as a table, because a canvas is an image for screen readers. */
export function UsageChart({ label, times, lines, format }: UsageChartProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const parent = box.current;
    if (!parent) return;
    const style = getComputedStyle(parent);
    const axis = {
      stroke: style.getPropertyValue('--text-2'),
      grid: { stroke: style.getPropertyValue('--surface-3') },
    };
    const chart = new UPlot(
      {
        width: parent.clientWidth,
        height: HEIGHT_PX,
        // Leaves room for the last time, which is centered on the end of the axis.
        padding: [null, 40, null, null],
        legend: { show: false },
        cursor: { show: false },
        scales: { y: { range: (_chart, _min, max) => [0, Math.max(max * 1.1, 1)] } },
        axes: [
          { ...axis, values: (_chart, seconds) => seconds.map((second) => formatHour(second * 1_000)), space: 90 },
          { ...axis, values: (_chart, values) => values.map(format), size: 80 },
        ],
        series: [
          {},
          ...lines.map((_line, index) => ({
            stroke: style.getPropertyValue(COLORS[index % COLORS.length] ?? ''),
            width: 2,
            dash: DASHES[index % DASHES.length] ?? [],
          })),
        ],
      },
      [times.map((time) => time / 1_000), ...lines.map(({ values }) => [...values])],
      parent,
    );
    const observer = new ResizeObserver(() => chart.setSize({ width: parent.clientWidth, height: HEIGHT_PX }));
    observer.observe(parent);
    return () => {
      observer.disconnect();
      chart.destroy();
    };
  }, [times, lines, format]);
  return (
    <figure className="usage-chart">
      <div ref={box} role="img" aria-label={label} />
      <figcaption>
        <ul>
          {lines.map((line, index) => (
            <li key={line.label} className={`usage-line-${index}`}>
              {line.label}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
