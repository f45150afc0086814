import {
  AccountChangedV1,
  AssetChangedV1,
  HomeRowsChangedV1,
  PersonChangedV1,
  TitleChangedV1,
  UploadChangedV1,
  type EventDefinition,
} from '@viernes/contracts';
import { loggedEvent, type LoggedEvent } from './live-event.schema.js';

type Content = Pick<LoggedEvent, 'topic' | 'name' | 'data' | 'accountId'>;

/** An event of a service that is forwarded to clients. */
export interface EventSource {
  /** Name of this consumer in the event registry. */
  readonly consumer: string;
  readonly type: string;
  readonly kafkaTopic: string;
  /** @throws any error if the payload is not valid */
  readonly toLogged: (payload: Uint8Array, time: Date) => LoggedEvent;
}

function defineSource<Data>(
  consumer: string,
  { type, topic, codec }: EventDefinition<Data>,
  toContent: (data: Data) => Content,
): EventSource {
  const toLogged = (payload: Uint8Array, time: Date): LoggedEvent =>
    loggedEvent.parse({ time: time.toISOString(), ...toContent(codec.decode(payload)) });
  return { consumer, type, kafkaTopic: topic, toLogged };
}

/** The events that clients receive, with their fields. Fields that are not listed here are internal. */
export const EVENT_SOURCES: readonly EventSource[] = [
  defineSource('edge.show-title-change', TitleChangedV1, ({ titleId }) => ({
    topic: 'titles',
    name: 'titleChanged',
    data: { titleId },
  })),
  defineSource('edge.show-person-change', PersonChangedV1, ({ personId }) => ({
    topic: 'titles',
    name: 'personChanged',
    data: { personId },
  })),
  defineSource('edge.show-home-change', HomeRowsChangedV1, () => ({ topic: 'titles', name: 'homeChanged', data: {} })),
  defineSource('edge.show-upload', UploadChangedV1, ({ accountId, ...data }) => ({
    topic: 'uploads',
    name: 'uploadChanged',
    accountId,
    data: data as Extract<LoggedEvent, { name: 'uploadChanged' }>['data'],
  })),
  defineSource('edge.show-asset', AssetChangedV1, ({ accountId, ...data }) => ({
    topic: 'transcodes',
    name: 'assetChanged',
    accountId,
    data: data as Extract<LoggedEvent, { name: 'assetChanged' }>['data'],
  })),
  defineSource('edge.show-account-change', AccountChangedV1, ({ accountId, ...data }) => ({
    topic: 'session',
    name: 'accountChanged',
    accountId,
    data,
  })),
];
