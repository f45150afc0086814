import type { EventDefinition, MessageCodec } from './define-event.js';

/** An event between services, with its documentation. */
export interface RegisteredEvent<Data> extends EventDefinition<Data> {
  /** The service that publishes it: the second word of its type. */
  readonly producer: string;
  readonly version: number;
  /** The payload field that is the partition key. Undefined if all events of the type share one key. */
  readonly keyField: string | undefined;
  /** The meaning of the event, in one or two sentences. */
  readonly description: string;
  /**
   * Names of the handlers: `<app>.<action>`. A spec of each app compares them with its registered handlers, so that no app
   * consumes an event that is not listed here.
   */
  readonly consumers: readonly string[];
}

export interface EventRegistration<Data, Field extends keyof Data & string> {
  readonly type: `viernes.${string}.v${number}`;
  readonly topic: string;
  /** Omit it if the event concerns no aggregate. */
  readonly keyField?: Data[Field] extends string ? Field : never;
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
    keyField,
    producer,
    version: Number(version),
    key: (data: Data) => (keyField === undefined ? type : String(data[keyField])),
  });
}
