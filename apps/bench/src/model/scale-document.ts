import { formatNumber } from '../report/format.js';
import type { Report } from '../report/report.js';
import { ASSUMPTIONS } from './assumptions.js';
import { planCapacity, requestsPerViewer, toBatchesPerSecond, type Capacity } from './capacity.js';
import { KINDS, PROCESSES, readConstants, type Constants } from './constants.js';
import { findLimits, type Limit } from './limits.js';

const VIEWERS = [10, 100, 1_000, 10_000, 100_000, 1_000_000];

/** Renders the sections of docs/scale.md by name. @throws Error if the report lacks a measured constant */
export function renderScale({ rows }: Report): Readonly<Record<string, string>> {
  const constants = readConstants(rows);
  const plans = VIEWERS.map((viewers) => planCapacity(viewers, constants, ASSUMPTIONS));
  const limits = findLimits(constants, ASSUMPTIONS);
  const checks = rows.filter(({ id }) => id.startsWith('model.check-'));
  return {
    assumptions: renderAssumptions(),
    constants: renderConstants(constants),
    plan: renderPlan(plans, limits),
    limits: renderTable(
      ['concurrent viewers', 'what breaks', 'why', 'the change that removes it'],
      limits.map(({ viewers, name, reason, change }) => [group(viewers), name, reason, change]),
    ),
    check: renderTable(
      ['load', 'requests/s', 'predicted cores', 'measured cores', 'difference'],
      checks.map(({ title, value, details }) => [
        title,
        group(details['requestsPerSecond'] ?? 0),
        formatNumber(details['predictedCores'] ?? 0),
        formatNumber(details['measuredCores'] ?? 0),
        `${formatNumber(value)} %`,
      ]),
    ),
  };
}

function renderAssumptions(): string {
  const { prices, browsingPerMinute, ...rest } = ASSUMPTIONS;
  const named = { ...rest, ...prefix('browsingPerMinute', browsingPerMinute), ...prefix('prices', prices) };
  return renderTable(
    ['assumption', 'value'],
    Object.entries(named).map(([name, value]) => [`\`${name}\``, String(value)]),
  );
}

function renderConstants({ costs, batchCost, ...others }: Constants): string {
  const perViewer = requestsPerViewer(ASSUMPTIONS);
  const rows = KINDS.map((kind) => {
    const values = PROCESSES.map((name) => formatNumber(costs[kind][name]));
    return [`\`model.cost-${kind}\``, formatNumber(perViewer[kind] * 1_000), ...values];
  });
  const batches = formatNumber(toBatchesPerSecond(perViewer.heartbeat * 1_000, 1));
  rows.push(['`model.cost-batch`', batches, ...PROCESSES.map((name) => formatNumber(batchCost[name]))]);
  const table = renderTable(['row', 'per second and 1,000 viewers', ...PROCESSES.map((name) => `${name}, ms`)], rows);
  const { rowsPerHeartbeat, eventsPerSecond, transcodeSecondsPerMinute, transcodeCores } = others;
  return [
    table,
    '',
    `A heartbeat writes ${formatNumber(rowsPerHeartbeat)} rows (\`model.cost-heartbeat\`). One relay and one consumer process`,
    `${group(eventsPerSecond)} events/s (\`events.pipeline\`). A minute of video takes ${formatNumber(transcodeSecondsPerMinute)} s`,
    `on ${transcodeCores} cores (\`transcode.ladder\`).`,
  ].join('\n');
}

function renderPlan(plans: readonly Capacity[], limits: readonly Limit[]): string {
  const line = (name: string, read: (plan: Capacity) => number) => [name, ...plans.map((plan) => group(read(plan)))];
  const sum = (values: Readonly<Record<string, number>>) =>
    Object.values(values).reduce((total, value) => total + value, 0);
  return renderTable(
    ['concurrent viewers', ...VIEWERS.map(group)],
    [
      line('requests/s', ({ requestsPerSecond }) => sum(requestsPerSecond)),
      ...(['edge', 'catalog', 'user', 'video', 'transcoder'] as const).map((name) =>
        line(`pods of ${name}`, ({ pods }) => pods[name]),
      ),
      line('PostgreSQL, cores', ({ cores }) => cores.postgres),
      line('Kafka, cores', ({ cores }) => cores.kafka),
      line('Valkey, cores', ({ cores }) => cores.valkey),
      line('events/s', ({ eventsPerSecond }) => eventsPerSecond),
      line('partitions of the playback topic', ({ partitions }) => partitions),
      line('rows written/s', ({ writtenRowsPerSecond }) => writtenRowsPerSecond),
      line('egress, Gbit/s', ({ egressGbitPerSecond }) => egressGbitPerSecond),
      line('egress, TB per month', ({ egressGb }) => egressGb / 1_000),
      line('storage added, GB per month', ({ storageGb }) => storageGb),
      line('cost, USD per month', ({ monthlyCost }) => monthlyCost),
      [
        'breaks next',
        ...VIEWERS.map((viewers) => limits.find((limit) => limit.viewers > viewers)?.name ?? 'no listed limit'),
      ],
    ],
  );
}

function renderTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const alignment = header.map((_name, column) => (column === 0 ? '---' : '--:'));
  return [header, alignment, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function prefix(name: string, values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${name}.${key}`, value]));
}

/** Two significant digits, with thousands separators. */
function group(value: number): string {
  const rounded = value >= 100 ? Math.round(Number(value.toPrecision(3))) : Number(value.toPrecision(2));
  return rounded.toLocaleString('en-US');
}
