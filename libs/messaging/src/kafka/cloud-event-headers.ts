import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { EventMessage } from '../port/event-message.js';

const EXTENSION = 'viernes_';

/** CloudEvents 1.0, Kafka protocol binding, binary content mode (section 3.2). */
export function toKafka(event: EventMessage): Message {
  const { id, type, source, time, traceparent, extensions, key, payload } = event;
  const headers: IHeaders = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_type: type,
    ce_source: source,
    ce_time: time.toISOString(),
    'content-type': 'application/protobuf',
  };
  if (traceparent !== undefined) headers['traceparent'] = traceparent;
  for (const name in extensions) headers[`${EXTENSION}${name}`] = extensions[name];
  return { key, value: asBuffer(payload), headers };
}

/** An attribute that is missing comes back empty: who reads the event decides what that means. */
export function fromKafka(topic: string, { key, value, headers = {}, timestamp }: KafkaMessage): EventMessage {
  const time = new Date(text(headers, 'ce_time') ?? Number(timestamp));
  return {
    topic,
    key: withoutNul(key?.toString() ?? ''),
    id: text(headers, 'ce_id') ?? '',
    type: text(headers, 'ce_type') ?? '',
    source: text(headers, 'ce_source') ?? '',
    time: Number.isNaN(time.getTime()) ? new Date(Number(timestamp)) : time,
    traceparent: text(headers, 'traceparent'),
    payload: value ?? new Uint8Array(),
    extensions: extensionsOf(headers),
  };
}

function extensionsOf(headers: IHeaders): Record<string, string> {
  const extensions: Record<string, string> = {};
  for (const name in headers) {
    if (name.startsWith(EXTENSION)) extensions[name.slice(EXTENSION.length)] = text(headers, name) ?? '';
  }
  return extensions;
}

function text(headers: IHeaders, name: string): string | undefined {
  const value = headers[name];
  const first = (Array.isArray(value) ? value[0] : value)?.toString();
  return first === undefined ? undefined : withoutNul(first);
}

/** PostgreSQL takes none in a text, and one event must not stop its partition for that. */
function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
