import { messagingV1 } from '@viernes/contracts';
import { fieldError, pageSize } from '@viernes/platform';
import { z } from 'zod';
import type { DeadLetterState } from './dead-letter.entity.js';

export const STATES: Readonly<Record<DeadLetterState, messagingV1.DeadLetterState>> = {
  parked: messagingV1.DeadLetterState.DEAD_LETTER_STATE_PARKED,
  redriven: messagingV1.DeadLetterState.DEAD_LETTER_STATE_REDRIVEN,
  dropped: messagingV1.DeadLetterState.DEAD_LETTER_STATE_DROPPED,
};

export const ListDeadLettersRequest = z.object({
  state: z
    .number()
    // 0, the protobuf value of an unset field, selects all states.
    .refine((value) => value === 0 || toState(value) !== undefined, fieldError('unknownOption'))
    .transform(toState),
  pageSize: pageSize(50, 100),
  cursor: z.string().max(200),
});
export type ListDeadLettersRequest = z.infer<typeof ListDeadLettersRequest>;

/** Not a UUID schema: an ID in another format is unknown (DEAD_LETTER_NOT_FOUND), not invalid. */
export const DeadLetterRequest = z.object({ id: z.string().max(100) });
export type DeadLetterRequest = z.infer<typeof DeadLetterRequest>;

function toState(value: number): DeadLetterState | undefined {
  return (Object.keys(STATES) as DeadLetterState[]).find((state) => STATES[state] === value);
}
