import type { Schema } from '@viernes/api-client';
import { useEffect, useReducer, useRef } from 'react';
import { isTemporary, type Problem } from '../api/problem.js';
import { ReconnectingSocket } from '../api/reconnecting-socket.js';
import { edge } from '../session/edge-client.js';
import {
  NO_EVENTS,
  reduceLiveEvents,
  type LiveChange,
  type LiveEvents,
  type LiveMessage,
  type LiveTopic,
} from './live-events.js';

export interface LiveEventControls {
  readonly view: LiveEvents;
  readonly pause: () => void;
  /** Reconnects, and receives the events since the latest one. */
  readonly resume: () => void;
  readonly clear: () => void;
}

/** Receives the events of these topics while the component is mounted. */
export function useLiveEvents(topics: readonly LiveTopic[]): LiveEventControls {
  const reduce = (last: LiveEvents, change: LiveChange): LiveEvents => reduceLiveEvents(last, change, topics);
  const [view, dispatch] = useReducer(reduce, NO_EVENTS);
  const latest = useRef({ topics, lastEventId: view.lastEventId });
  const socket = useRef<ReconnectingSocket<Schema<'SubscribeMessage'>, LiveMessage>>(null);
  const shouldConnect = view.connection !== 'paused' && view.connection !== 'failed';

  useEffect(() => {
    latest.current = { topics, lastEventId: view.lastEventId };
  }, [topics, view.lastEventId]);

  useEffect(() => {
    if (!shouldConnect) return;
    const fail = (problem: unknown): void => dispatch({ type: 'failed', problem });
    const onRejected = (problem: Problem): void => (isTemporary(problem) ? opened.reconnect() : fail(problem));
    const opened = new ReconnectingSocket<Schema<'SubscribeMessage'>, LiveMessage>({
      path: () => '/v1/events',
      // Any request that needs a session renews it.
      beforeReconnect: () => edge.GET('/v1/profiles'),
      onOpen: () => opened.send(toSubscription(latest.current)),
      onMessage: dispatch,
      onRejected,
      onDisconnect: () => dispatch({ type: 'disconnected' }),
      onProblem: fail,
    });
    socket.current = opened;
    return () => opened.close();
  }, [shouldConnect]);

  const selection = topics.join();
  useEffect(() => socket.current?.send(toSubscription(latest.current)), [selection]);

  return {
    view,
    pause: () => dispatch({ type: 'paused' }),
    resume: () => dispatch({ type: 'resumed' }),
    clear: () => dispatch({ type: 'cleared' }),
  };
}

interface Subscription {
  readonly topics: readonly LiveTopic[];
  readonly lastEventId: string | undefined;
}

function toSubscription({ topics, lastEventId }: Subscription): Schema<'SubscribeMessage'> {
  return { type: 'subscribe', topics: [...topics], ...(lastEventId !== undefined && { lastEventId }) };
}
