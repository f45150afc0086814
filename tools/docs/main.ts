// Updates the generated sections of docs/events.md and docs/routes.md, and the AsyncAPI document: npm run docs.
import { EVENTS, TOPICS } from '@viernes/contracts';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE } from '../workspace.ts';
import { toAsyncApi } from './asyncapi.ts';
import { findPayload, readPayloads } from './payloads.ts';

const ASYNCAPI = 'libs/contracts/asyncapi.json';
const PAGES = ['docs/events.md', 'docs/routes.md'];
const ROUTES = 'apps/edge/dist/route-table/print-routes.js';
const METRICS = 'libs/messaging/src/metrics/event-metrics.ts';
const METRIC = /new (?:Counter|Gauge|Histogram|Summary)\(\{([^}]*)\}\)/g;
const SECTION = /(<!-- generated: (\w+) -->\n)[^]*?(\n<!-- end -->)/g;

const read = (path: string) => readFileSync(join(WORKSPACE, path), 'utf8');
const code = (text: string) => `\`${text}\``;
const toName = (type: string) => type.split('.').at(-2) ?? type;
const payloads = readPayloads();

function toTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const toLine = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [toLine(header), `|${'---|'.repeat(header.length)}`, ...rows.map(toLine)].join('\n');
}

function toEventTable(): string {
  const rows = EVENTS.map(({ type, version, producer, topic, keyField, consumers, description }) => [
    `[${code(toName(type))}](#${toName(type)}-v${version})`,
    String(version),
    producer,
    code(topic),
    keyField === undefined ? 'the type' : code(keyField),
    consumers.map(code).join(', ') || 'none',
    description,
  ]);
  return toTable(['event', 'version', 'producer', 'topic', 'key', 'consumers', 'meaning'], rows);
}

function toTopicTable(): string {
  const rows = TOPICS.map(({ name, partitions, retentionHours, reason }) => {
    const days = retentionHours / 24;
    const retention = retentionHours === Infinity ? 'unlimited' : `${days} ${days === 1 ? 'day' : 'days'}`;
    return [code(name), String(partitions), retention, reason];
  });
  return toTable(['topic', 'partitions', 'retention', 'reason'], rows);
}

function toMetricTable(): string {
  const rows = [...read(METRICS).matchAll(METRIC)].map(([, definition = '']) => {
    const [, name = ''] = /name: '(\w+)'/.exec(definition) ?? [];
    const [, labels = ''] = /labelNames: \[([^\]]*)\]/.exec(definition) ?? [];
    const [, help = ''] = /help: '((?:[^'\\]|\\.)*)'/.exec(definition) ?? [];
    const labelNames = [...labels.matchAll(/\w+/g)].map(([label]) => code(label));
    return [code(name), labelNames.join(', ') || 'none', help.replaceAll('\\', '')];
  });
  return toTable(['metric', 'labels', 'meaning'], rows);
}

function toPayloadSections(): string {
  const sections = EVENTS.map(({ type, version }) => {
    const { message } = findPayload(payloads, type);
    return `### ${toName(type)} v${version}\n\n${code(type)}\n\n\`\`\`proto\n${message}\n\`\`\``;
  });
  return sections.join('\n\n');
}

/** Runs the program of the edge: tools do not import apps. */
function toRouteTable(): string {
  const printed = execFileSync(process.execPath, [ROUTES, '--json'], { cwd: WORKSPACE, encoding: 'utf8' });
  const rows = JSON.parse(printed) as Readonly<Record<string, string>>[];
  return toTable(
    Object.keys(rows[0] ?? {}),
    rows.map((row) => Object.entries(row).map(([name, text]) => (name === 'path' ? code(text) : text))),
  );
}

const generated: Readonly<Record<string, string>> = {
  events: toEventTable(),
  topics: toTopicTable(),
  metrics: toMetricTable(),
  payloads: toPayloadSections(),
  routes: toRouteTable(),
};
const update = (_: string, start: string, name: string, end: string) => start + (generated[name] ?? '') + end;
for (const page of PAGES) writeFileSync(join(WORKSPACE, page), read(page).replaceAll(SECTION, update));
writeFileSync(join(WORKSPACE, ASYNCAPI), `${JSON.stringify(toAsyncApi(EVENTS, TOPICS, payloads), undefined, 2)}\n`);
