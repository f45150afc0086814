import { formatNumber } from '../report/format.js';
import type { Report } from '../report/report.js';

const COLUMNS = ['bytes', 'p50Ms', 'p99Ms', 'requestsPerSecond'] as const;
const NAMES: Readonly<Record<string, string>> = {
  rest: 'REST',
  soap: 'SOAP 1.2',
  connect: 'Connect, protobuf',
  grpc: 'gRPC',
  websocket: 'WebSocket',
};

/** Renders the reads of the bench for docs/four-apis.md: all APIs side by side. */
export function toApisTable({ machine, rows }: Report): string {
  const lines = rows.flatMap(({ id, details, value, spread }) => {
    const [, read = '', api = ''] = /^apis\.(title|list)\.(\w+)$/.exec(id) ?? [];
    if (read === '') return [];
    const cells = COLUMNS.map((name) => formatNumber(details[name] ?? Number.NaN));
    return [
      `| ${read} | ${NAMES[api] ?? api} | ${cells.join(' | ')} | ${formatNumber(value)} | ${spread.map(formatNumber).join('–')} |`,
    ];
  });
  return [
    `Measured on ${machine.cores} cores (${machine.cpu}), Node ${machine.node}, 8 connections with one read each, from the response cache.`,
    '',
    '| read | API | bytes | p50 in ms | p99 in ms | reads per second | relative to REST | spread |',
    '|---|---|--:|--:|--:|--:|--:|--:|',
    ...lines,
  ].join('\n');
}
