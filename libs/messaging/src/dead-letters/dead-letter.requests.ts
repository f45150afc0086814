import { messagingV1 } from '@viernes/contracts';
import { pageSize } from '@viernes/platform';
import { z } from 'zod';
import type { DeadLetterState } from '../postgres/dead-letter.entity.js';

const { DEAD_LETTER_STATE_PARKED, DEAD_LETTER_STATE_REDRIVEN, DEAD_LETTER_STATE_DROPPED } = messagingV1.DeadLetterState;

export const STATES: Readonly<Record<DeadLetterState, messagingV1.DeadLetterState>> = {
  parked: DEAD_LETTER_STATE_PARKED,
  redriven: DEAD_LETTER_STATE_REDRIVEN,
  dropped: DEAD_LETTER_STATE_DROPPED,
};

function stateOf(value: number): DeadLetterState | undefined {
  return (Object.keys(STATES) as DeadLetterState[]).find((state) => STATES[state] === value);
}

export const deadLettersPage = z.object({
  state: z
    .number()
    .refine(
      (value) => value === messagingV1.DeadLetterState.DEAD_LETTER_STATE_UNSPECIFIED || stateOf(value) !== undefined,
      'must be parked, redriven or dropped',
    )
    .transform(stateOf),
  pageSize: pageSize(50, 100),
  cursor: z.string().max(200),
});

export type DeadLettersPage = z.infer<typeof deadLettersPage>;

/** An id that cannot be one is unknown like any other: no fault of the request. */
export const deadLetterId = z.object({ id: z.string().max(100) });
