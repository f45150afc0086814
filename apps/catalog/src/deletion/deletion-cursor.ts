import { CodedError } from '@viernes/contracts';

/** The last deletion of a page. */
export interface DeletionCursor {
  readonly deletedAt: Date;
  readonly id: string;
}

const CURSOR = /^deleted:(\d{1,15}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function encodeDeletionCursor({ deletedAt, id }: DeletionCursor): string {
  return Buffer.from(`deleted:${deletedAt.getTime()}:${id}`).toString('base64url');
}

/** @returns undefined for the empty cursor of the first page. @throws CodedError CURSOR_INVALID */
export function decodeDeletionCursor(cursor: string): DeletionCursor | undefined {
  if (cursor === '') return undefined;
  const [, deletedAtMs, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (deletedAtMs === undefined || id === undefined) throw new CodedError('CURSOR_INVALID');
  return { deletedAt: new Date(Number(deletedAtMs)), id };
}
