import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { EventMessage } from '../port/event-message.js';

const EXTENSION = 'viernes_';

/** CloudEvents 1.0, Kafka protocol binding, binary content mode (section 3.2). */
export function toKafka(event: EventMessage): Message {
  const extensions = Object.entries(event.extensions ?? {}).map(([name, value]) => [`${EXTENSION}${name}`, value]);
  return {
    key: event.key,
    value: Buffer.from(event.payload),
    headers: {
      ce_specversion: '1.0',
      ce_id: event.id,
      ce_type: event.type,
      ce_source: event.source,
      ce_time: event.time.toISOString(),
      'content-type': 'application/protobuf',
      ...(event.traceparent !== undefined && { traceparent: event.traceparent }),
      ...Object.fromEntries(extensions),
    },
  };
}

/** An attribute that is missing comes back empty: who reads the event decides what that means. */
export function fromKafka(topic: string, { key, value, headers = {}, timestamp }: KafkaMessage): EventMessage {
  const sentAt = text(headers, 'ce_time');
  const extensions = Object.keys(headers).filter((name) => name.startsWith(EXTENSION));
  return {
    topic,
    key: key?.toString() ?? '',
    id: text(headers, 'ce_id') ?? '',
    type: text(headers, 'ce_type') ?? '',
    source: text(headers, 'ce_source') ?? '',
    time: new Date(sentAt ?? Number(timestamp)),
    traceparent: text(headers, 'traceparent'),
    payload: value ?? new Uint8Array(),
    extensions: Object.fromEntries(extensions.map((name) => [name.slice(EXTENSION.length), text(headers, name) ?? ''])),
  };
}

function text(headers: IHeaders, name: string): string | undefined {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value)?.toString();
}
