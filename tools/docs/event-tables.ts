import type { AnyRegisteredEvent, DeclaredTopic } from '@viernes/contracts';
import type { Payloads } from './proto-messages.ts';

const METRIC = /new (?:Counter|Gauge|Histogram|Summary)\(\{([^}]*)\}\)/g;

export function toEventTable(events: readonly AnyRegisteredEvent[]): string {
  const rows = events.map((event) => [
    `[${code(toName(event))}](#${toName(event)}-v${event.version})`,
    String(event.version),
    event.producer,
    code(event.topic),
    code(event.keyField),
    event.consumers.map(code).join(', ') || 'none',
    event.description,
  ]);
  return toTable(['event', 'version', 'producer', 'topic', 'key', 'consumers', 'meaning'], rows);
}

export function toTopicTable(topics: readonly DeclaredTopic[]): string {
  const rows = topics.map(({ name, partitions, retentionHours, reason }) => {
    const retention = retentionHours === Infinity ? 'unlimited' : `${retentionHours / 24} days`;
    return [code(name), String(partitions), retention, reason];
  });
  return toTable(['topic', 'partitions', 'retention', 'reason'], rows);
}

/** Lists the metrics that the source text defines. */
export function toMetricTable(source: string): string {
  const rows = [...source.matchAll(METRIC)].map(([, definition = '']) => {
    const [, name = ''] = /name: '(\w+)'/.exec(definition) ?? [];
    const [, labels = ''] = /labelNames: \[([^\]]*)\]/.exec(definition) ?? [];
    const [, help = ''] = /help: '((?:[^'\\]|\\.)*)'/.exec(definition) ?? [];
    const labelNames = [...labels.matchAll(/\w+/g)].map(([label]) => code(label));
    return [code(name), labelNames.join(', ') || 'none', help.replaceAll('\\', '')];
  });
  return toTable(['metric', 'labels', 'meaning'], rows);
}

/** @throws Error if an event has no message with its type as comment */
export function toPayloadSections(events: readonly AnyRegisteredEvent[], payloads: Payloads): string {
  const sections = events.map((event) => {
    const fields = payloads.get(event.type);
    if (!fields) throw new Error(`${event.type}: no message of libs/contracts/proto has this type as its comment`);
    const rows = fields.map(({ name, type, comment }) => [code(name), type, comment]);
    const hasComments = fields.some(({ comment }) => comment !== '');
    const table = hasComments
      ? toTable(['field', 'type', 'meaning'], rows)
      : toTable(
          ['field', 'type'],
          rows.map((row) => row.slice(0, 2)),
        );
    return `### ${toName(event)} v${event.version}\n\n${code(event.type)}\n\n${table}`;
  });
  return sections.join('\n\n');
}

function toName({ type }: AnyRegisteredEvent): string {
  return type.split('.').at(-2) ?? type;
}

function code(text: string): string {
  return `\`${text}\``;
}

function toTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const toLine = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [toLine(header), `|${'---|'.repeat(header.length)}`, ...rows.map(toLine)].join('\n');
}
