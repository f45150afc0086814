import type { AnyRegisteredEvent } from '../events/event-registry.js';
import type { DeclaredTopic } from '../events/topics.js';
import { findPayload, toProtoFile, type Payload } from './payloads.js';

type JsonObject = Readonly<Record<string, unknown>>;

const CONTENT_TYPE = 'application/protobuf';
const PROTO3 = 'application/vnd.google.protobuf;version=3';
const KAFKA_BINDING_VERSION = '0.5.0';
const HOUR_MS = 60 * 60 * 1000;

const reference = (path: string) => ({ $ref: `#/${path}` });
const bind = (kafka: JsonObject) => ({ kafka: { ...kafka, bindingVersion: KAFKA_BINDING_VERSION } });

/** Attributes of CloudEvents as Kafka headers, see `libs/kafka/src/event/cloud-event-headers.ts`. */
const CLOUD_EVENT_HEADERS = {
  type: 'object',
  required: ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_time', 'content-type'],
  properties: {
    ce_specversion: { type: 'string', const: '1.0' },
    ce_id: { type: 'string', description: 'Unique. Events can be delivered more than once: consumers compare IDs.' },
    ce_type: { type: 'string' },
    ce_source: { type: 'string', description: 'The service that published the event.' },
    ce_time: { type: 'string', format: 'date-time' },
    'content-type': { type: 'string', const: CONTENT_TYPE },
    traceparent: { type: 'string', description: 'W3C trace context of the request that caused the event.' },
  },
};

/**
 * Describes all events as an AsyncAPI 3 document: a channel for each topic, a message for each event, an operation for each
 * producer of an event and for each consumer.
 */
export function toAsyncApi(
  events: readonly AnyRegisteredEvent[],
  topics: readonly DeclaredTopic[],
  payloads: ReadonlyMap<string, Payload>,
): JsonObject {
  return {
    asyncapi: '3.1.0',
    info: {
      title: 'Events of Viernes',
      version: '1.0.0',
      description:
        'Events that services publish to Kafka after a change: CloudEvents 1.0 in binary mode with protobuf payloads. Events with the same key are delivered in commit order, at least once. A version of an event only gains optional fields.',
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    defaultContentType: CONTENT_TYPE,
    servers: {
      local: { host: '127.0.0.1:8421', protocol: 'kafka', description: 'The broker of npm start.' },
    },
    channels: Object.fromEntries(topics.map((topic) => [topic.name, toChannel(topic, events)])),
    operations: Object.fromEntries([...events.map(toSend), ...toReceives(events)]),
    components: {
      messages: Object.fromEntries(events.map((event) => [event.type, toMessage(event, payloads)])),
      messageTraits: { cloudEvent: { contentType: CONTENT_TYPE, headers: CLOUD_EVENT_HEADERS } },
    },
  };
}

function toChannel({ name, partitions, retentionHours, reason }: DeclaredTopic, events: readonly AnyRegisteredEvent[]) {
  const own = events.filter(({ topic }) => topic === name);
  const retentionMs = retentionHours === Infinity ? -1 : retentionHours * HOUR_MS;
  return {
    address: name,
    description: reason,
    servers: [reference('servers/local')],
    messages: Object.fromEntries(own.map(({ type }) => [type, reference(`components/messages/${type}`)])),
    bindings: bind({
      partitions,
      topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': retentionMs },
    }),
  };
}

function toMessage(event: AnyRegisteredEvent, payloads: ReadonlyMap<string, Payload>) {
  const { type, description, keyField, producer } = event;
  const payload = findPayload(payloads, type);
  const key = keyField === undefined ? { const: type } : { description: `The field ${keyField} of the payload.` };
  return {
    name: type,
    title: payload.name,
    summary: description,
    traits: [reference('components/messageTraits/cloudEvent')],
    headers: {
      type: 'object',
      properties: { ce_type: { const: type }, ce_source: { const: `/viernes/${producer}` } },
    },
    payload: { schemaFormat: PROTO3, schema: toProtoFile(payload) },
    bindings: bind({ key: { type: 'string', ...key } }),
  };
}

function toOperation(
  action: 'send' | 'receive',
  app: string,
  events: readonly [AnyRegisteredEvent, ...AnyRegisteredEvent[]],
) {
  const [{ topic }] = events;
  const verb = action === 'send' ? 'publishes' : 'consumes';
  return {
    action,
    summary: `The app ${app} ${verb} ${events.map(({ type }) => type).join(' and ')}.`,
    channel: reference(`channels/${topic}`),
    messages: events.map(({ type }) => reference(`channels/${topic}/messages/${type}`)),
    tags: [{ name: app }],
  };
}

function toSend(event: AnyRegisteredEvent): [string, JsonObject] {
  const { producer, type } = event;
  return [type.replace(`viernes.${producer}.`, `${producer}.publish-`), toOperation('send', producer, [event])];
}

/** @throws Error if one consumer reads several topics, which an operation cannot describe */
function toReceives(events: readonly AnyRegisteredEvent[]): [string, JsonObject][] {
  const names = new Set(events.flatMap(({ consumers }) => consumers));
  return [...names].map((name) => {
    const [first, ...others] = events.filter(({ consumers }) => consumers.includes(name));
    if (first === undefined || others.some(({ topic }) => topic !== first.topic)) {
      throw new Error(`${name}: an operation has one channel, but the consumer reads several topics`);
    }
    return [name, toOperation('receive', name.split('.', 1)[0] ?? name, [first, ...others])];
  });
}
