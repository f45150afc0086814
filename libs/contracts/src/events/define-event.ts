import type { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';

/** How ts-proto writes and reads one message. */
export interface MessageCodec<Data> {
  encode(message: Data, writer?: BinaryWriter): BinaryWriter;
  decode(input: BinaryReader | Uint8Array, length?: number): Data;
}

/**
 * One event: its CloudEvents `type`, where it travels, what keeps it in order, and how its payload is written. Two events
 * with the same key on one topic arrive in the order they were published.
 */
export interface EventDefinition<Data> {
  /** CloudEvents type, past tense and versioned: `viernes.video.published.v1`. */
  readonly type: string;
  /** A topic of TOPICS. */
  readonly topic: string;
  /** The aggregate that the event is about, as a partition key. */
  readonly key: (data: Data) => string;
  readonly codec: MessageCodec<Data>;
}

/** The payload type of an event definition. */
export type EventData<Definition> = Definition extends EventDefinition<infer Data> ? Data : never;

/** An event, its payload's type taken from its codec. */
export function defineEvent<Data>(definition: EventDefinition<Data>): EventDefinition<Data> {
  return Object.freeze(definition);
}
