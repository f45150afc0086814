/** A point: seconds since the graph's beginning, and what was measured. */
export type Point = readonly [seconds: number, value: number];

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
  /** `step` for what jumps (a count of pods), `line` for what was averaged. */
  readonly shape: 'line' | 'step';
}

export interface Panel {
  readonly title: string;
  readonly series: readonly Series[];
}

/** Something that happened, drawn through all panels. */
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
/** Told apart by all kinds of eyes, and readable on white and on black. */
const COLOURS = ['#2f7de1', '#e07b00', '#12a17c', '#b45bd0'];
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

/** Steps of 1, 2 or 5 times a power of ten, so that about `count` of them reach `most`. */
export function ticksUpTo(most: number, count: number): number[] {
  const rough = Math.max(most, Number.MIN_VALUE) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, index) => index * step);
}

/** Draws panels above one another over the same seconds; its colours follow the reader's light or dark page. */
export function drawTimeGraph({ title, subtitle, panels, marks }: TimeGraph): string {
  const ends = panels.flatMap(({ series }) => series.flatMap(({ points }) => points.map(([seconds]) => seconds)));
  const lastSecond = Math.max(1, ...ends, ...marks.map(({ seconds }) => seconds));
  const x = (seconds: number): number => LEFT + (seconds / lastSecond) * (WIDTH - LEFT - RIGHT);
  const topOf = (index: number): number => TOP + index * (PANEL_HEIGHT + PANEL_GAP);
  const bottom = topOf(panels.length - 1) + PANEL_HEIGHT;
  const height = bottom + BOTTOM;
  const seconds = ticksUpTo(lastSecond, 8).filter((second) => second <= lastSecond);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(title)}">`,
    `<style>${STYLE}\n</style>`,
    `<text class="title" x="${LEFT}" y="28">${escape(title)}</text>`,
    `<text x="${LEFT}" y="48">${escape(subtitle)}</text>`,
    ...drawMarks(marks, x, bottom),
    ...panels.flatMap((panel, index) => drawPanel(panel, topOf(index), x)),
    ...seconds.map(
      (second) => `<text x="${fixed(x(second))}" y="${bottom + 20}" text-anchor="middle">${second} s</text>`,
    ),
    '</svg>',
    '',
  ].join('\n');
}

function drawMarks(marks: readonly Mark[], x: (seconds: number) => number, bottom: number): string[] {
  return marks.flatMap(({ seconds, text }, index) => {
    // Two rows in turn: what happens soon after one another does not lie on one another.
    const y = TOP - 48 + (index % 2) * LABEL_HEIGHT;
    const at = fixed(x(seconds));
    const isLate = x(seconds) > WIDTH - RIGHT - 110;
    return [
      `<line class="mark" x1="${at}" x2="${at}" y1="${y + 4}" y2="${bottom}"/>`,
      `<text x="${at}" y="${y}" text-anchor="${isLate ? 'end' : 'start'}" dx="${isLate ? -4 : 4}" dy="4">${escape(text)}</text>`,
    ];
  });
}

function drawPanel({ title, series }: Panel, top: number, x: (seconds: number) => number): string[] {
  const most = Math.max(1e-9, ...series.flatMap(({ points }) => points.map(([, value]) => value)));
  const isCount = series.every(({ shape }) => shape === 'step');
  const ticks = ticksUpTo(most, 4).filter((tick) => !isCount || Number.isInteger(tick));
  const ceiling = ticks.at(-1) ?? most;
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
    return `<path class="series" stroke="${colour(index)}" d="${path}"/>`;
  });
  return [
    `<text class="panel" x="${LEFT}" y="${top - 10}">${escape(title)}</text>`,
    ...grid,
    ...lines,
    ...drawLegend(series, top - 10, title),
  ];
}

/** Names beside the panel's title: at the ends of lines they would lie on one another. */
function drawLegend(series: readonly Series[], y: number, title: string): string[] {
  if (series.length < 2) return [];
  let at = LEFT + 24 + title.length * 7;
  return series.flatMap(({ name }, index) => {
    const begin = at;
    at += 40 + name.length * 7;
    return [
      `<rect x="${begin}" y="${y - 5}" width="14" height="3" rx="1.5" fill="${colour(index)}"/>`,
      `<text x="${begin + 19}" y="${y}">${escape(name)}</text>`,
    ];
  });
}

function colour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? '#2f7de1';
}

function fixed(value: number): string {
  return value.toFixed(1);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
