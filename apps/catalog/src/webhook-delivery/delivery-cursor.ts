import { CodedError } from '@viernes/contracts';

/** The last delivery of a page. */
interface DeliveryCursor {
  readonly createdAt: Date;
  readonly id: string;
}

const CURSOR = /^delivery:(\d{1,15}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function encodeDeliveryCursor({ createdAt, id }: DeliveryCursor): string {
  return Buffer.from(`delivery:${createdAt.getTime()}:${id}`).toString('base64url');
}

/** @returns undefined for the empty cursor of the first page. @throws CodedError CURSOR_INVALID */
export function decodeDeliveryCursor(cursor: string): DeliveryCursor | undefined {
  if (cursor === '') return undefined;
  const [, createdAtMs, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (createdAtMs === undefined || id === undefined) throw new CodedError('CURSOR_INVALID');
  return { createdAt: new Date(Number(createdAtMs)), id };
}
