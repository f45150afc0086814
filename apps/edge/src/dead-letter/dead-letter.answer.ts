import { messagingV1 } from '@viernes/contracts';
import type { z } from 'zod';
import { present } from '../upstream/present.js';
import type {
  DeadLetterAnswer,
  deadLetterService,
  deadLetterState,
  WholeDeadLetterAnswer,
} from './dead-letter.operations.js';

export type DeadLetterService = z.infer<typeof deadLetterService>;
type State = z.infer<typeof deadLetterState>;

const {
  DEAD_LETTER_STATE_UNSPECIFIED,
  DEAD_LETTER_STATE_PARKED,
  DEAD_LETTER_STATE_REDRIVEN,
  DEAD_LETTER_STATE_DROPPED,
} = messagingV1.DeadLetterState;

const STATES: Readonly<Record<State, messagingV1.DeadLetterState>> = {
  parked: DEAD_LETTER_STATE_PARKED,
  redriven: DEAD_LETTER_STATE_REDRIVEN,
  dropped: DEAD_LETTER_STATE_DROPPED,
};

export function stateMessage(state: State | undefined): messagingV1.DeadLetterState {
  return state === undefined ? DEAD_LETTER_STATE_UNSPECIFIED : STATES[state];
}

export function deadLetterAnswer(service: DeadLetterService, letter: messagingV1.DeadLetter): DeadLetterAnswer {
  const state = (Object.keys(STATES) as State[]).find((name) => STATES[name] === letter.state);
  return {
    ...letter,
    service,
    state: present(state, 'state'),
    firstFailedAt: present(letter.firstFailedAt, 'first_failed_at'),
    parkedAt: present(letter.parkedAt, 'parked_at'),
    settledAt: letter.settledAt ?? null,
  };
}

export function wholeDeadLetterAnswer(
  service: DeadLetterService,
  { deadLetter, source, occurredAt, traceId, payloadSizeBytes, payloadJson }: messagingV1.GetDeadLetterResponse,
): WholeDeadLetterAnswer {
  return {
    ...deadLetterAnswer(service, present(deadLetter, 'dead_letter')),
    source,
    occurredAt: present(occurredAt, 'occurred_at'),
    eventTraceId: traceId === '' ? null : traceId,
    payloadSizeBytes,
    payload: payloadJson === undefined ? null : (JSON.parse(payloadJson) as Record<string, unknown>),
  };
}
