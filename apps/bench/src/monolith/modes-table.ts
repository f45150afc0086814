import { formatNumber } from '../report/format.js';
import type { Report } from '../report/report.js';

/** Renders the rows of the bench for docs/monolith.md: both modes side by side. */
export function toModesTable({ machine, rows }: Report): string {
  const lines = rows
    .filter(({ id }) => id.startsWith('monolith.'))
    .map(({ title, details, value, spread, unit }) => {
      const [microservices, one] = [details['microservices'] ?? 0, details['monolith'] ?? 0].map(formatNumber);
      const ratio = unit === 'x' ? `${formatNumber(value)} | ${spread.map(formatNumber).join('–')}` : ' | ';
      return `| ${title}${unit === 'x' ? '' : `, ${unit}`} | ${microservices} | ${one} | ${ratio} |`;
    });
  return [
    `Measured on ${machine.cores} cores (${machine.cpu}), Node ${machine.node}, 16 connections. Ratio: median of the monolith divided by microservices, per round.`,
    '',
    '| | microservices | monolith | ratio | spread |',
    '|---|--:|--:|--:|--:|',
    ...lines,
  ].join('\n');
}
