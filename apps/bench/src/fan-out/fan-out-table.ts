import { formatNumber } from '../report/format.js';
import type { Report } from '../report/report.js';

/** Renders the rows of the bench for docs/live-events.md: one line per number of subscribers. */
export function toFanOutTable({ machine, rows }: Report): string {
  const find = (count: string, name: string) => rows.find(({ id }) => id === `fan-out.${count}.${name}`);
  const counts = rows.flatMap(({ id }) => /^fan-out\.(\d+)\.latency$/.exec(id)?.[1] ?? []);
  const lines = counts.map((count) => {
    const [latency, rate, memory] = ['latency', 'rate', 'memory'].map((name) => find(count, name));
    const cells = [
      latency?.details['p50Ms'],
      latency?.value,
      rate?.details['messagesPerSecond'],
      rate?.value,
      memory?.value,
      memory?.details['bareKib'],
    ];
    const texts = cells.map((value) => (value === undefined ? '' : formatNumber(value)));
    return `| ${Number(count).toLocaleString('en')} | ${texts.join(' | ')} |`;
  });
  return [
    `Measured on ${machine.cores} cores (${machine.cpu}), Node ${machine.node}, with one edge. The subscribers run on the same machine.`,
    '',
    '| subscribers | p50 in ms | p99 in ms | messages per second | relative to ws | KiB per connection | of ws |',
    '|--:|--:|--:|--:|--:|--:|--:|',
    ...lines,
  ].join('\n');
}
