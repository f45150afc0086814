import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { HomeRowsChangedV1, PersonChangedV1, TitleChangedV1 } from '@viernes/contracts';
import type { ResponseCache } from '@viernes/gateway';
import { EventListener, listenTo, type KafkaConnection, type ListenedEvent } from '@viernes/kafka';
import { HOME_TAG, TITLES_TAG, titleTag } from './cache-tags.js';

export interface CacheConsumer {
  /** Name of this consumer in the event registry. */
  readonly consumer: string;
  readonly event: ListenedEvent;
}

/** The events that invalidate cached responses. */
export function cacheConsumers(cache: Pick<ResponseCache, 'invalidate'>): readonly CacheConsumer[] {
  return [
    { consumer: 'edge.invalidate-home', event: listenTo(HomeRowsChangedV1, () => cache.invalidate(HOME_TAG)) },
    { consumer: 'edge.invalidate-people', event: listenTo(PersonChangedV1, () => cache.invalidate(TITLES_TAG)) },
    {
      consumer: 'edge.invalidate-titles',
      event: listenTo(TitleChangedV1, ({ titleId }) => {
        cache.invalidate(titleTag(titleId));
        cache.invalidate(TITLES_TAG);
      }),
    },
  ];
}

/** Listens to events that invalidate the cache of this process, until the application closes. */
export class CacheInvalidation implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private listener: EventListener | undefined;

  constructor(
    private readonly cache: ResponseCache,
    private readonly connection: KafkaConnection,
  ) {}

  onApplicationBootstrap(): void {
    this.listener = new EventListener({
      kafka: this.connection.kafka,
      name: 'viernes.edge',
      events: cacheConsumers(this.cache).map(({ event }) => event),
      onGap: () => this.cache.clear(),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.listener?.stop();
  }
}
