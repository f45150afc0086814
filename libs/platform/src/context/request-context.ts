import { AsyncLocalStorage } from 'node:async_hooks';
import { CodedError } from '@viernes/contracts';
import { newTraceId } from './trace-parent.js';

export type CallerRole = 'viewer' | 'editor';

/** What travels with a request from the edge to the last query, without being passed by hand. */
export interface RequestContext {
  readonly traceId: string;
  readonly accountId?: string;
  readonly sessionId?: string;
  readonly role?: CallerRole;
  /** The moment after which nobody waits for the answer, in epoch milliseconds. */
  readonly deadlineAt?: number;
}

export interface Caller {
  readonly accountId: string;
  readonly sessionId: string;
  readonly role: CallerRole;
}

const calls = new AsyncLocalStorage<RequestContext>();

/** The call that this code runs for; background work gets a fresh trace and no caller. */
export function currentContext(): RequestContext {
  return calls.getStore() ?? { traceId: newTraceId() };
}

/** Whether this code runs for a call at all. */
export function findContext(): RequestContext | undefined {
  return calls.getStore();
}

/** Runs work, and all that it starts, for a call: logs, metadata and deadlines are the call's from there on. */
export function runInContext<Result>(call: RequestContext, work: () => Result): Result {
  return calls.run(call, work);
}

/** @throws CodedError UNAUTHENTICATED where nobody is signed in */
export function requireCaller(): Caller {
  const { accountId, sessionId, role } = currentContext();
  if (!accountId || !sessionId || !role) throw new CodedError('UNAUTHENTICATED');
  return { accountId, sessionId, role };
}

/** @throws CodedError UNAUTHENTICATED or FORBIDDEN */
export function requireEditor(): Caller {
  const caller = requireCaller();
  if (caller.role !== 'editor') throw new CodedError('FORBIDDEN', { needs: 'editor' });
  return caller;
}
