import { Metadata } from '@grpc/grpc-js';
import { currentContext, type RequestContext, type CallerRole } from '../context/request-context.js';
import { newTraceId, traceIdOf, traceparent } from '../context/trace-parent.js';
import { METADATA } from './metadata-keys.js';

/** The current call as metadata, for the next service. The deadline travels in gRPC's own header. */
export function callMetadata(): Metadata {
  const { traceId, accountId, sessionId, role } = currentContext();
  const metadata = new Metadata();
  metadata.set(METADATA.traceparent, traceparent(traceId));
  if (accountId) metadata.set(METADATA.accountId, accountId);
  if (sessionId) metadata.set(METADATA.sessionId, sessionId);
  if (role) metadata.set(METADATA.role, role);
  return metadata;
}

/**
 * The call that a request's metadata describes. Services believe the caller that the edge names: only the edge can
 * reach them (NetworkPolicy on Kubernetes, loopback on a laptop). A port for workers takes those keys away first.
 */
export function callOf(metadata: Metadata, deadline: Date | number): RequestContext {
  const text = (key: string): string | undefined => metadata.get(key)[0]?.toString();
  const accountId = text(METADATA.accountId);
  const sessionId = text(METADATA.sessionId);
  const role = text(METADATA.role);
  const deadlineAt = Number(deadline);
  return {
    traceId: traceIdOf(text(METADATA.traceparent)) ?? newTraceId(),
    ...(accountId && { accountId }),
    ...(sessionId && { sessionId }),
    ...(isRole(role) && { role }),
    ...(Number.isFinite(deadlineAt) && { deadlineAt }),
  };
}

function isRole(text: string | undefined): text is CallerRole {
  return text === 'viewer' || text === 'editor';
}
