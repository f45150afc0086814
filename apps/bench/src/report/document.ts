import { readFileSync, writeFileSync } from 'node:fs';
import { isTargetMet } from '../run/row.js';
import { formatNumber, formatTarget, formatValue } from './format.js';
import type { Report, ReportRow } from './report.js';

/** Renders the rows of a report as a Markdown table, with the machine and the commits. */
export function toMarkdown({ machine, rows }: Report): string {
  const { cores, cpu, memoryGib, node } = machine;
  const dates = rows.map(({ measuredAt }) => measuredAt.slice(0, 10)).toSorted();
  const period = [...new Set([dates.at(0), dates.at(-1)])].join(' to ');
  const commits = [...new Set(rows.map(({ commit }) => commit))].filter(Boolean).map((commit) => `\`${commit}\``);
  return [
    `Measured ${period} on ${cores} cores (${cpu}), ${memoryGib} GiB, Node ${node}, commit ${commits.join(', ')}.`,
    '',
    '| row | measured | target | met | spread | samples | baseline |',
    '|---|--:|--:|---|--:|--:|---|',
    ...rows.map(toTableRow),
  ].join('\n');
}

function toTableRow(row: ReportRow): string {
  const { id, title, unit, value, spread, samples, baseline, target } = row;
  const state = { true: 'yes', false: '**no**', undefined: '' }[String(isTargetMet(row))];
  const range = spread.map(formatNumber).join('–');
  const cells = [
    `\`${id}\`: ${title}`,
    formatValue(value, unit),
    formatTarget(target, unit),
    state,
    range,
    samples,
    baseline,
  ];
  return `| ${cells.join(' | ')} |`;
}

/**
 * Replaces the text between `<!-- name -->` and `<!-- /name -->` in a Markdown file.
 *
 * @throws Error if a marker is missing
 */
export function replaceSection(path: string, name: string, text: string): void {
  writeFileSync(path, withSection(readFileSync(path, 'utf8'), name, text));
}

export function withSection(document: string, name: string, text: string): string {
  const [opening, closing] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [document.indexOf(opening), document.indexOf(closing)];
  if (start === -1 || end < start) throw new Error(`The document has no section ${opening} … ${closing}.`);
  return `${document.slice(0, start + opening.length)}\n\n${text}\n\n${document.slice(end)}`;
}
