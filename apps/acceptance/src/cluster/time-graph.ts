/** A measurement at a number of seconds since the start of the graph. */
export type Point = readonly [seconds: number, value: number];

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
  /** `step` for counts, `line` for averages. */
  readonly shape: 'line' | 'step';
}

export interface Panel {
  readonly title: string;
  readonly series: readonly Series[];
}

/** An event, drawn as a vertical line through all panels. */
export interface Mark {
  readonly seconds: number;
  readonly text: string;
}

export interface TimeGraph {
  readonly title: string;
  readonly subtitle: string;
  readonly panels: readonly Panel[];
  readonly marks: readonly Mark[];
}

const WIDTH = 860;
const LEFT = 56;
const RIGHT = 28;
const TOP = 120;
const PANEL_HEIGHT = 130;
const PANEL_GAP = 46;
const BOTTOM = 44;
/** Distinguishable with color blindness, and readable on white and black. */
const COLORS = ['#2f7de1', '#e07b00', '#12a17c', '#b45bd0'];
const LABEL_HEIGHT = 14;

const STYLE = `
  text { font: 12px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #57606a; }
  .title { font-size: 17px; font-weight: 600; fill: #1f2328; }
  .panel { font-weight: 600; fill: #1f2328; }
  .grid { stroke: #d8dee4; stroke-width: 1; }
  .mark { stroke: #8c959f; stroke-width: 1; stroke-dasharray: 3 4; }
  .series { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
  @media (prefers-color-scheme: dark) {
    text { fill: #9198a1; }
    .title, .panel { fill: #f0f6fc; }
    .grid { stroke: #30363d; }
    .mark { stroke: #656c76; }
  }`;

/** Returns ticks in steps of 1, 2 or 5 times a power of ten, so that about `count` steps reach `maximum`. */
export function ticksUpTo(maximum: number, count: number): number[] {
  const rough = Math.max(maximum, Number.MIN_VALUE) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  return Array.from({ length: Math.ceil(maximum / step - 1e-9) + 1 }, (_, index) => index * step);
}

/** Draws panels with a common time axis as SVG, with colors for light and dark pages. */
export function drawTimeGraph({ title, subtitle, panels, marks }: TimeGraph): string {
  const times = panels.flatMap(({ series }) => series.flatMap(({ points }) => points.map(([seconds]) => seconds)));
  const lastSecond = Math.max(1, ...times, ...marks.map(({ seconds }) => seconds));
  const x = (seconds: number): number => LEFT + (seconds / lastSecond) * (WIDTH - LEFT - RIGHT);
  const computeTop = (index: number): number => TOP + index * (PANEL_HEIGHT + PANEL_GAP);
  const bottom = computeTop(panels.length - 1) + PANEL_HEIGHT;
  const height = bottom + BOTTOM;
  const seconds = ticksUpTo(lastSecond, 8).filter((second) => second <= lastSecond);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(title)}">`,
    `<style>${STYLE}\n</style>`,
    `<text class="title" x="${LEFT}" y="28">${escape(title)}</text>`,
    `<text x="${LEFT}" y="48">${escape(subtitle)}</text>`,
    ...drawMarks(marks, x, bottom),
    ...panels.flatMap((panel, index) => drawPanel(panel, computeTop(index), x)),
    ...seconds.map(
      (second) => `<text x="${fixed(x(second))}" y="${bottom + 20}" text-anchor="middle">${second} s</text>`,
    ),
    '</svg>',
    '',
  ].join('\n');
}

function drawMarks(marks: readonly Mark[], x: (seconds: number) => number, bottom: number): string[] {
  return marks.flatMap(({ seconds, text }, index) => {
    // Alternates between two rows, so that labels of close events do not overlap.
    const y = TOP - 48 + (index % 2) * LABEL_HEIGHT;
    const at = fixed(x(seconds));
    const isNearRightEdge = x(seconds) > WIDTH - RIGHT - 110;
    return [
      `<line class="mark" x1="${at}" x2="${at}" y1="${y + 4}" y2="${bottom}"/>`,
      `<text x="${at}" y="${y}" text-anchor="${isNearRightEdge ? 'end' : 'start'}" dx="${isNearRightEdge ? -4 : 4}" dy="4">${escape(text)}</text>`,
    ];
  });
}

function drawPanel({ title, series }: Panel, top: number, x: (seconds: number) => number): string[] {
  const maximum = Math.max(1e-9, ...series.flatMap(({ points }) => points.map(([, value]) => value)));
  const isCount = series.every(({ shape }) => shape === 'step');
  const ticks = ticksUpTo(maximum, 4).filter((tick) => !isCount || Number.isInteger(tick));
  const ceiling = ticks.at(-1) ?? maximum;
  const y = (value: number): number => top + PANEL_HEIGHT * (1 - value / ceiling);
  const grid = ticks.flatMap((tick) => [
    `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fixed(y(tick))}" y2="${fixed(y(tick))}"/>`,
    `<text x="${LEFT - 8}" y="${fixed(y(tick) + 4)}" text-anchor="end">${Number(tick.toPrecision(6))}</text>`,
  ]);
  const lines = series.map(({ points, shape }, index) => {
    const path = points
      .map(([second, value], at) => {
        if (at === 0) return `M${fixed(x(second))} ${fixed(y(value))}`;
        return shape === 'step' ? `H${fixed(x(second))}V${fixed(y(value))}` : `L${fixed(x(second))} ${fixed(y(value))}`;
      })
      .join('');
    return `<path class="series" stroke="${color(index)}" d="${path}"/>`;
  });
  return [
    `<text class="panel" x="${LEFT}" y="${top - 10}">${escape(title)}</text>`,
    ...grid,
    ...lines,
    ...drawLegend(series, top - 10, title),
  ];
}

/** Draws the names next to the title of the panel, because names at the ends of lines could overlap. */
function drawLegend(series: readonly Series[], y: number, title: string): string[] {
  if (series.length < 2) return [];
  let at = LEFT + 24 + title.length * 7;
  return series.flatMap(({ name }, index) => {
    const begin = at;
    at += 40 + name.length * 7;
    return [
      `<rect x="${begin}" y="${y - 5}" width="14" height="3" rx="1.5" fill="${color(index)}"/>`,
      `<text x="${begin + 19}" y="${y}">${escape(name)}</text>`,
    ];
  });
}

function color(index: number): string {
  return COLORS[index % COLORS.length] ?? '#2f7de1';
}

function fixed(value: number): string {
  return value.toFixed(1);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
