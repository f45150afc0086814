import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { EventMessage } from './event-message.js';

const EXTENSION_PREFIX = 'viernes_';

/** Converts an event to a Kafka message: CloudEvents 1.0, Kafka protocol binding, binary content mode (section 3.2). */
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
  for (const name in extensions) headers[`${EXTENSION_PREFIX}${name}`] = extensions[name];
  return { key, value: toBuffer(payload), headers };
}

/** Converts a Kafka message to an event. A missing ID, type, or source becomes an empty string. */
export function fromKafka(topic: string, { key, value, headers = {}, timestamp }: KafkaMessage): EventMessage {
  const time = new Date(readHeader(headers, 'ce_time') ?? Number(timestamp));
  return {
    topic,
    key: removeNul(key?.toString() ?? ''),
    id: readHeader(headers, 'ce_id') ?? '',
    type: readHeader(headers, 'ce_type') ?? '',
    source: readHeader(headers, 'ce_source') ?? '',
    time: Number.isNaN(time.getTime()) ? new Date(Number(timestamp)) : time,
    traceparent: readHeader(headers, 'traceparent'),
    payload: value ?? new Uint8Array(),
    extensions: readExtensions(headers),
  };
}

function readExtensions(headers: IHeaders): Record<string, string> {
  const extensions: Record<string, string> = {};
  for (const name in headers) {
    if (!name.startsWith(EXTENSION_PREFIX)) continue;
    extensions[name.slice(EXTENSION_PREFIX.length)] = readHeader(headers, name) ?? '';
  }
  return extensions;
}

function readHeader(headers: IHeaders, name: string): string | undefined {
  const value = headers[name];
  const first = (Array.isArray(value) ? value[0] : value)?.toString();
  return first === undefined ? undefined : removeNul(first);
}

/** PostgreSQL rejects NUL in text, and such an event must not block its partition. */
function removeNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

/** Does not copy the bytes. */
function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
