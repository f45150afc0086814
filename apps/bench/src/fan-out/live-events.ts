import { randomUUID } from 'node:crypto';
import { TitleChangedV1 } from '@viernes/contracts';
import { EventPublisher } from '@viernes/kafka';
import { Kafka, logLevel } from 'kafkajs';
import { signIn } from '../load/sign-in.js';
import type { Platform } from '../run/platform.js';
import type { Source } from './subscribers.js';

export interface LiveEvents {
  readonly source: Source;
  readonly close: () => Promise<void>;
}

/** Publishes changes of titles as the catalog does. The subscribers receive them from `/v1/events`. */
export async function openLiveEvents(platform: Platform): Promise<LiveEvents> {
  const brokers = [...platform.kafkaBrokers];
  const publisher = new EventPublisher(new Kafka({ clientId: 'viernes.bench', brokers, logLevel: logLevel.ERROR }));
  return {
    source: {
      url: `${platform.edgeUrl.replace('http', 'ws')}/v1/events`,
      options: { headers: await signIn(platform) },
      subscription: JSON.stringify({ type: 'subscribe', topics: ['titles'] }),
      publish: (ids) => publisher.publish(ids.map(toEvent)),
    },
    close: () => publisher.close(),
  };
}

/** All events have one key, so that the broker retains their order. */
function toEvent(titleId: string) {
  const { type, topic, codec } = TitleChangedV1;
  const payload = codec.encode({ titleId }).finish();
  const origin = { source: '/viernes/bench', time: new Date(), traceparent: undefined };
  return { id: randomUUID(), key: 'fan-out', type, topic, payload, ...origin };
}
