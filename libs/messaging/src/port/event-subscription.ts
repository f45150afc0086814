import type { EventMessage } from './event-message.js';

/** Where a message stood: what a dead letter remembers. */
export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** Done with (applied, skipped or parked), or to be given again later; what stands behind it in its partition waits. */
export type Outcome = 'done' | { readonly retryInMs: number };

export type Deliver = (message: EventMessage, position: Position) => Promise<Outcome>;

/** The way from the broker. */
export abstract class EventSubscription {
  /** Takes up the broker for as long as it takes, and again after every failure. Each partition is read in order. */
  abstract start(topics: readonly string[], deliver: Deliver): void;
  /** Takes nothing more, and waits a few seconds for what is being handled. */
  abstract stop(): Promise<void>;
}
