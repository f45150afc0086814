import type { AnyRegisteredEvent, DeclaredTopic } from '@viernes/contracts';
import type { MetricRow } from './event-metrics.ts';
import type { PayloadField, Payloads } from './proto-messages.ts';

/**
 * docs/events.md, from the catalogue, the topics and the payloads of the contracts, and what is measured.
 * @throws Error where an event has no message that names it
 */
export function eventsPage(
  events: readonly AnyRegisteredEvent[],
  topics: readonly DeclaredTopic[],
  payloads: Payloads,
  metrics: readonly MetricRow[],
): string {
  return `# Events

What services tell each other, after the fact. Made from \`libs/contracts\` by \`npm run docs\`; \`npm run check\` refuses a page that is out of date.
They travel as CloudEvents 1.0 in Kafka's binary mode (\`ce_type\`, \`ce_id\`, \`ce_source\`, \`ce_time\`, \`traceparent\` as headers), with a protobuf payload; events of one key arrive in order.

${table(
  ['event', 'version', 'producer', 'topic', 'key', 'consumers', 'meaning'],
  events.map((event) => [
    `[\`${nameOf(event)}\`](#${anchorOf(event)})`,
    String(event.version),
    event.producer,
    code(event.topic),
    code(event.keyField),
    event.consumers.map(code).join(', ') || 'none yet',
    event.description,
  ]),
)}

The full type of an event is \`viernes.<producer>.<event>.v<version>\`. A service's spec compares this table's consumers with the handlers that it registers.

## How an event may change

- A version gains optional fields; it loses none, and none changes its meaning. Readers pass over fields that they do not know. \`buf breaking\` holds the schema to it.
- Anything else is a new version, told beside the old one until nobody reads that.
- A type that a service does not know is skipped and counted in \`events_skipped_total\`; a payload that does not decode is parked at once, since no retry can mend it.

## Topics

Each service makes what it needs at start, and mends what loses nothing: it keeps events longer, and adds partitions where the table says \`at start\`. What else is different is told
in the log and in \`topic_config_drift\`, and left as it is: shortening a retention, changing the clean-up or taking partitions away could lose events.

${table(
  ['topic', 'partitions', 'kept', 'clean-up', 'grows', 'why'],
  topics.map(({ name, partitions, retentionHours, cleanup, growth, reason }) => [
    code(name),
    String(partitions),
    keptFor(retentionHours),
    cleanup,
    growth.replace('-', ' '),
    reason,
  ]),
)}

Beside each topic that it reads a service has two of its own: \`<topic>.retry.<service>\` (as many partitions, 7 days) and \`<topic>.dead-letter.<service>\` (one partition, 30 days).

### More partitions by hand

More partitions send a key elsewhere: its new events can overtake those that wait in the old partition. Where readers need the order of a key, a start refuses to grow the topic and says so.
To grow it: stop its producer (its outbox keeps what cannot leave), wait until every group that reads it has no lag, grow it with Kafka's own \`kafka-topics.sh --alter --partitions\`, declare the number, start the producer.

## Metrics

Of every service that tells or reads events, at \`/metrics\`; the others are in [metrics](metrics.md). When to be woken by them is in [libs/messaging](../libs/messaging/README.md).

${table(
  ['metric', 'labels', 'what it says'],
  metrics.map(({ name, labels, help }) => [code(name), labels.map(code).join(', ') || 'none', help]),
)}

## Payloads
${events.map((event) => payload(event, payloads)).join('')}`;
}

function payload(event: AnyRegisteredEvent, payloads: Payloads): string {
  const fields = payloads.get(event.type);
  if (!fields) throw new Error(`${event.type}: no message of libs/contracts/proto has this type as its comment`);
  return `
### ${nameOf(event)} v${event.version}

${code(event.type)}

${fieldTable(fields)}
`;
}

function fieldTable(fields: readonly PayloadField[]): string {
  if (fields.every(({ comment }) => comment === '')) {
    return table(
      ['field', 'type'],
      fields.map(({ name, type }) => [code(name), type]),
    );
  }
  return table(
    ['field', 'type', 'meaning'],
    fields.map(({ name, type, comment }) => [code(name), type, comment]),
  );
}

function nameOf({ type }: AnyRegisteredEvent): string {
  return type.split('.').at(-2) ?? type;
}

function anchorOf(event: AnyRegisteredEvent): string {
  return `${nameOf(event)}-v${event.version}`;
}

function keptFor(hours: number): string {
  return hours === Infinity ? 'for ever' : `${hours / 24} days`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
