import type { EventMessage } from './event-message.js';

/** Where a message stood: what a dead letter remembers. */
export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

export interface Arrival {
  readonly event: EventMessage;
  readonly position: Position;
}

/**
 * How far a batch got: the first `done` of it are applied, parked or passed over, for good. Without `retryInMs` that is all
 * of it; with it the next one is to be given again after that time, and what stands behind it in its partition waits.
 */
export interface Progress {
  readonly done: number;
  readonly retryInMs?: number;
}

/** @param batch some messages of one partition, in its order */
export type Deliver = (batch: readonly Arrival[]) => Promise<Progress>;

/** The way from the broker. */
export abstract class EventSubscription {
  /** Takes up the broker for as long as it takes, and again after every failure. Each partition is read in order. */
  abstract start(topics: readonly string[], deliver: Deliver): void;
  /** Takes nothing more, and waits a few seconds for what is being handled. */
  abstract stop(): Promise<void>;
}
