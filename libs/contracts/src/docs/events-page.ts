import { EVENTS } from '../events/event-registry.js';
import { TOPICS } from '../events/topics.js';
import { findPayload, type Payload } from './payloads.js';

const SECTION = /(<!-- generated: (\w+) -->\n)[^]*?(\n<!-- end -->)/g;

const code = (text: string) => `\`${text}\``;
const toName = (type: string) => type.split('.').at(-2) ?? type;

/** Replaces the generated sections of docs/events.md: events, topics, and payloads. */
export function updateEventsPage(page: string, payloads: ReadonlyMap<string, Payload>): string {
  const generated: Readonly<Record<string, string>> = {
    events: toEventTable(),
    topics: toTopicTable(),
    payloads: toPayloadSections(payloads),
  };
  return page.replaceAll(SECTION, (_: string, start: string, name: string, end: string) => {
    return start + (generated[name] ?? '') + end;
  });
}

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

function toPayloadSections(payloads: ReadonlyMap<string, Payload>): string {
  const sections = EVENTS.map(({ type, version }) => {
    const { message } = findPayload(payloads, type);
    return `### ${toName(type)} v${version}\n\n${code(type)}\n\n\`\`\`proto\n${message}\n\`\`\``;
  });
  return sections.join('\n\n');
}
