import { CodedError } from '@viernes/contracts';

/** A place in the list of dead letters, those that failed last first: the last one seen. */
export interface DeadLetterPlace {
  /** To the microsecond, as the database writes it. */
  readonly parkedAt: string;
  readonly id: string;
}

const PLACE = /^(\d{1,20}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Opaque to callers: they may only send it back. */
export function deadLetterCursor({ parkedAt, id }: DeadLetterPlace): string {
  return Buffer.from(`${parkedAt}:${id}`).toString('base64url');
}

/**
 * @returns undefined for the empty cursor of a first page
 * @throws CodedError CURSOR_INVALID where the text is no cursor of this list
 */
export function parseDeadLetterCursor(cursor: string): DeadLetterPlace | undefined {
  if (cursor === '') return undefined;
  const [, parkedAt, id] = PLACE.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (parkedAt === undefined || id === undefined) throw new CodedError('CURSOR_INVALID');
  return { parkedAt, id };
}
