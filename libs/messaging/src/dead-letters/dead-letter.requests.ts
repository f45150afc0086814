import { CodedError, messagingV1 } from '@viernes/contracts';
import { fieldError, pageSize } from '@viernes/platform';
import { z } from 'zod';
import type { DeadLetterEntity, DeadLetterState } from './dead-letter.entity.js';

const {
  DEAD_LETTER_STATE_PARKED,
  DEAD_LETTER_STATE_REDRIVEN,
  DEAD_LETTER_STATE_DROPPED,
  DEAD_LETTER_STATE_UNSPECIFIED,
} = messagingV1.DeadLetterState;

export const STATES: Readonly<Record<DeadLetterState, messagingV1.DeadLetterState>> = {
  parked: DEAD_LETTER_STATE_PARKED,
  redriven: DEAD_LETTER_STATE_REDRIVEN,
  dropped: DEAD_LETTER_STATE_DROPPED,
};

export const ListDeadLettersRequest = z.object({
  state: z
    .number()
    .refine(
      (value) => value === DEAD_LETTER_STATE_UNSPECIFIED || toState(value) !== undefined,
      fieldError('unknownOption'),
    )
    .transform(toState),
  pageSize: pageSize(50, 100),
  cursor: z.string().max(200).transform(parseCursor),
});
export type ListDeadLettersRequest = z.infer<typeof ListDeadLettersRequest>;

/** Not a UUID schema: an ID in another format is unknown (DEAD_LETTER_NOT_FOUND), not invalid. */
export const DeadLetterRequest = z.object({ id: z.string().max(100) });
export type DeadLetterRequest = z.infer<typeof DeadLetterRequest>;

/** The last entry of the previous page. */
type DeadLetterCursor = Pick<DeadLetterEntity, 'parkedAt' | 'id'>;

/** Opaque to clients. */
export function toCursor({ parkedAt, id }: DeadLetterCursor): string {
  return Buffer.from(`${parkedAt.getTime()}:${id}`).toString('base64url');
}

const CURSOR = /^(\d{1,15}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/**
 * @returns undefined for the empty cursor of the first page
 * @throws CodedError CURSOR_INVALID
 */
function parseCursor(cursor: string): DeadLetterCursor | undefined {
  if (cursor === '') return undefined;
  const [, parkedAtMs, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (parkedAtMs === undefined || id === undefined) throw new CodedError('CURSOR_INVALID');
  return { parkedAt: new Date(Number(parkedAtMs)), id };
}

function toState(value: number): DeadLetterState | undefined {
  return (Object.keys(STATES) as DeadLetterState[]).find((state) => STATES[state] === value);
}
