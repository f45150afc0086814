import type { Schema } from '@viernes/api-client';

export type LiveMessage = Schema<'LiveMessage'>;
export type LiveTopic = Schema<'LiveTopic'>;
export type LiveEvent = Extract<LiveMessage, { type: 'event' }>;

/** The page drops older events, so that it does not grow while it is open. */
export const MAX_EVENTS = 50;

export interface LiveEvents {
  readonly connection: 'connecting' | 'open' | 'paused' | 'failed';
  /** Newest first. */
  readonly events: readonly LiveEvent[];
  /** The position after which events resume. Undefined: events start when the connection opens. */
  readonly lastEventId: string | undefined;
  /** Whether events are missing from the list. */
  readonly hasGap: boolean;
  readonly problem: unknown;
}

export type LiveChange =
  | LiveMessage
  | { readonly type: 'disconnected' }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  | { readonly type: 'cleared' }
  | { readonly type: 'failed'; readonly problem: unknown };

export const NO_EVENTS: LiveEvents = {
  connection: 'connecting',
  events: [],
  lastEventId: undefined,
  hasGap: false,
  problem: undefined,
};

/**
 * Applies a message of the edge, or a change of the connection.
 *
 * @param topics the selected ones. The edge sends events of a deselected topic until it receives the new topics. They do
 *   not change `lastEventId`, so that they arrive again if the topic is selected before the next event
 */
export function reduceLiveEvents(view: LiveEvents, change: LiveChange, topics: readonly LiveTopic[]): LiveEvents {
  switch (change.type) {
    case 'subscribed':
      return { ...view, connection: 'open', lastEventId: change.lastEventId };
    case 'gap':
      return { ...view, hasGap: true, lastEventId: change.lastEventId };
    case 'event':
      return topics.includes(change.topic) ? addEvent(view, change) : view;
    case 'disconnected':
      return { ...view, connection: 'connecting' };
    case 'paused':
      return { ...view, connection: 'paused' };
    case 'resumed':
      return { ...view, connection: 'connecting', problem: undefined };
    case 'cleared':
      return { ...view, events: [], hasGap: false };
    case 'failed':
      return { ...view, connection: 'failed', problem: change.problem };
  }
}

/** Skips an event that the list contains: the edge can repeat an event that is in flight when the topics change. */
function addEvent(view: LiveEvents, event: LiveEvent): LiveEvents {
  if (view.events.some(({ id }) => id === event.id)) return view;
  return { ...view, events: [event, ...view.events].slice(0, MAX_EVENTS), lastEventId: event.id };
}
