import { PlaybackProgressed, Published } from '../gen/viernes/video/v1/events.js';
import { registerEvent, type RegisteredEvent } from './registered-event.js';
import { ASSETS_TOPIC, PLAYBACK_TOPIC } from './topics.js';

export const PublishedV1 = registerEvent({
  type: 'viernes.video.published.v1',
  topic: ASSETS_TOPIC,
  keyField: 'assetId',
  codec: Published,
  meaning: 'The lowest rung and the audio of an asset are ready: its title can be played.',
  consumers: ['catalog.make-title-playable'],
});

export const PlaybackProgressedV1 = registerEvent({
  type: 'viernes.video.playback-progressed.v1',
  topic: PLAYBACK_TOPIC,
  keyField: 'profileId',
  codec: PlaybackProgressed,
  meaning: 'A profile watches: where it is now.',
  consumers: ['catalog.count-view', 'user.store-progress'],
});

/** Any event of the catalogue, whatever its payload. */
export type AnyCataloguedEvent = Omit<RegisteredEvent<never>, 'codec' | 'key'> & {
  readonly codec: { decode(input: Uint8Array): unknown };
};

/** Every event that services tell each other, by producer. */
export const EVENTS: readonly AnyCataloguedEvent[] = [PublishedV1, PlaybackProgressedV1];

/** What a service acts on, as the catalogue says: event types with the handlers of that service, both in order. */
export function declaredConsumers(service: string): { readonly type: string; readonly consumer: string }[] {
  const ordered = EVENTS.toSorted((a, b) => (a.type < b.type ? -1 : 1));
  return ordered.flatMap(({ type, consumers }) =>
    consumers
      .filter((consumer) => consumer.startsWith(`${service}.`))
      .toSorted()
      .map((consumer) => ({ type, consumer })),
  );
}
