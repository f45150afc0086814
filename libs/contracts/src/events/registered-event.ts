import type { EventDefinition, MessageCodec } from './define-event.js';

/** An event that services tell each other, with all that a reader of its documentation asks. */
export interface RegisteredEvent<Data> extends EventDefinition<Data> {
  /** The service that tells it: the second word of its type. */
  readonly producer: string;
  readonly version: number;
  /** The field that is its key. */
  readonly keyField: string;
  /** What is true once it was told. One sentence. */
  readonly meaning: string;
  /**
   * Who acts on it: names of handlers, `<service>.<what it does>`. Each service's own spec compares them with the handlers
   * that it registers, so that nobody reads an event without the catalogue knowing.
   */
  readonly consumers: readonly string[];
}

export interface CatalogueRow<Data, Field extends keyof Data & string> {
  readonly type: `viernes.${string}.v${number}`;
  readonly topic: string;
  readonly keyField: Data[Field] extends string ? Field : never;
  readonly codec: MessageCodec<Data>;
  readonly meaning: string;
  readonly consumers: readonly string[];
}

/** An event of the catalogue; producer and version are read from its type. */
export function registerEvent<Data, Field extends keyof Data & string>(
  row: CatalogueRow<Data, Field>,
): RegisteredEvent<Data> {
  const { type, keyField } = row;
  const [, producer = '', version = ''] = /^viernes\.([a-z]+)\.[a-z-]+\.v(\d+)$/.exec(type) ?? [];
  return Object.freeze({
    ...row,
    producer,
    version: Number(version),
    key: (data: Data) => String(data[keyField]),
  });
}
