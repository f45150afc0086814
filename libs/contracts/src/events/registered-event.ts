import type { EventDefinition, MessageCodec } from './define-event.js';

/** An event between services, with its documentation. */
export interface RegisteredEvent<Data> extends EventDefinition<Data> {
  /** The service that publishes it: the second word of its type. */
  readonly producer: string;
  readonly version: number;
  /** The payload field that is the partition key. */
  readonly keyField: string;
  /** What the event states, in one or two sentences. */
  readonly description: string;
  /**
   * Names of the handlers: `<service>.<action>`. A spec of each service compares them with its registered handlers, so that
   * no service consumes an event that is not listed here.
   */
  readonly consumers: readonly string[];
}

export interface EventRegistration<Data, Field extends keyof Data & string> {
  readonly type: `viernes.${string}.v${number}`;
  readonly topic: string;
  readonly keyField: Data[Field] extends string ? Field : never;
  readonly codec: MessageCodec<Data>;
  readonly description: string;
  readonly consumers: readonly string[];
}

/** Registers an event. Its type determines producer and version. */
export function registerEvent<Data, Field extends keyof Data & string>(
  registration: EventRegistration<Data, Field>,
): RegisteredEvent<Data> {
  const { type, keyField } = registration;
  const [, producer = '', version = ''] = /^viernes\.([a-z]+)\.[a-z-]+\.v(\d+)$/.exec(type) ?? [];
  return Object.freeze({
    ...registration,
    producer,
    version: Number(version),
    key: (data: Data) => String(data[keyField]),
  });
}
