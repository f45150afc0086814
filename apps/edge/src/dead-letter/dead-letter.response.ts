import { messagingV1 } from '@viernes/contracts';
import type { z } from 'zod';
import { required } from '../upstream/required.js';
import type {
  DeadLetterResponse,
  deadLetterService,
  deadLetterState,
  DeadLetterDetailResponse,
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

export function toStateMessage(state: State | undefined): messagingV1.DeadLetterState {
  return state === undefined ? DEAD_LETTER_STATE_UNSPECIFIED : STATES[state];
}

export function toDeadLetterResponse(service: DeadLetterService, letter: messagingV1.DeadLetter): DeadLetterResponse {
  const state = (Object.keys(STATES) as State[]).find((name) => STATES[name] === letter.state);
  return {
    ...letter,
    service,
    state: required(state, 'state'),
    firstFailedAt: required(letter.firstFailedAt, 'first_failed_at'),
    parkedAt: required(letter.parkedAt, 'parked_at'),
    resolvedAt: letter.resolvedAt ?? null,
  };
}

export function toDeadLetterDetailResponse(
  service: DeadLetterService,
  { deadLetter, source, occurredAt, traceId, payloadSizeBytes, payloadJson }: messagingV1.GetDeadLetterResponse,
): DeadLetterDetailResponse {
  return {
    ...toDeadLetterResponse(service, required(deadLetter, 'dead_letter')),
    source,
    occurredAt: required(occurredAt, 'occurred_at'),
    eventTraceId: traceId === '' ? null : traceId,
    payloadSizeBytes,
    payload: payloadJson === undefined ? null : (JSON.parse(payloadJson) as Record<string, unknown>),
  };
}
