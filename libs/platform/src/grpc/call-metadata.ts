import { Metadata, ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';
import { advancePosition } from '../context/position.js';
import { currentContext, ROLES, type RequestContext, type CallerRole } from '../context/request-context.js';
import { traceparent } from '../context/current-span.js';
import { newTraceId, parseTraceId } from '../context/trace-parent.js';

/** The keys that we add to gRPC metadata. gRPC requires the suffix -bin for bytes. */
export const METADATA = {
  accountId: 'viernes-account-id',
  sessionId: 'viernes-session-id',
  role: 'viernes-role',
  profileId: 'viernes-profile-id',
  maximumAge: 'viernes-maximum-age',
  clientAddress: 'viernes-client-address',
  userAgent: 'viernes-user-agent',
  traceparent: 'traceparent',
  position: 'viernes-position',
  idempotencyKey: 'viernes-idempotency-key',
  isReplayed: 'viernes-is-replayed',
  errorCode: 'viernes-error-code',
  fieldErrors: 'viernes-field-errors-bin',
} as const;

const CALLER_KEYS = [
  METADATA.accountId,
  METADATA.sessionId,
  METADATA.role,
  METADATA.profileId,
  METADATA.maximumAge,
  METADATA.clientAddress,
  METADATA.userAgent,
  METADATA.idempotencyKey,
];

/** Converts the current request context to metadata for the next service. gRPC has its own header for the deadline. */
export function createCallMetadata(): Metadata {
  const context = currentContext();
  const { accountId, sessionId, role, profileId, maximumAge, client, position, idempotencyKey } = context;
  const metadata = new Metadata();
  metadata.set(METADATA.traceparent, traceparent());
  if (accountId) metadata.set(METADATA.accountId, accountId);
  if (sessionId) metadata.set(METADATA.sessionId, sessionId);
  if (role) metadata.set(METADATA.role, role);
  if (profileId) metadata.set(METADATA.profileId, profileId);
  if (maximumAge !== undefined) metadata.set(METADATA.maximumAge, String(maximumAge));
  if (client) {
    metadata.set(METADATA.clientAddress, client.address);
    metadata.set(METADATA.userAgent, client.userAgent);
  }
  if (position) metadata.set(METADATA.position, position);
  if (idempotencyKey) metadata.set(METADATA.idempotencyKey, idempotencyKey);
  return metadata;
}

/**
 * Converts what a call has changed in its context to metadata of the response: the position of a commit, and whether the
 * response is a replay. Undefined if there is nothing to send.
 *
 * @param received the position in the metadata of the call
 */
export function createResponseMetadata(
  { position, isReplayed }: RequestContext,
  received: string | undefined,
): Metadata | undefined {
  const metadata = new Metadata();
  if (position && position !== received) metadata.set(METADATA.position, position);
  if (isReplayed) metadata.set(METADATA.isReplayed, 'true');
  return Object.keys(metadata.getMap()).length > 0 ? metadata : undefined;
}

/** Stores the metadata of a response in the context of the caller. */
export function receiveResponseMetadata(context: RequestContext, metadata: Metadata): void {
  const [position] = metadata.get(METADATA.position);
  if (position !== undefined) advancePosition(context, position.toString());
  if (metadata.get(METADATA.isReplayed).length > 0) context.isReplayed = true;
}

/**
 * Converts metadata to a request context. Services trust the caller in it: only the edge can reach them (by
 * NetworkPolicy on Kubernetes, by the loopback interface on a laptop). A worker port removes the caller first: see
 * `stripCallerMetadata`.
 */
export function toRequestContext(metadata: Metadata, deadline: Date | number): RequestContext {
  const text = (key: string): string | undefined => metadata.get(key)[0]?.toString();
  const accountId = text(METADATA.accountId);
  const sessionId = text(METADATA.sessionId);
  const role = text(METADATA.role);
  const profileId = text(METADATA.profileId);
  const maximumAge = text(METADATA.maximumAge);
  const address = text(METADATA.clientAddress);
  const position = text(METADATA.position);
  const idempotencyKey = text(METADATA.idempotencyKey);
  const deadlineAt = Number(deadline);
  return {
    traceId: parseTraceId(text(METADATA.traceparent)) ?? newTraceId(),
    ...(accountId && { accountId }),
    ...(sessionId && { sessionId }),
    ...(isRole(role) && { role }),
    ...(profileId && { profileId }),
    ...(maximumAge !== undefined && { maximumAge: toAge(maximumAge) }),
    ...(address && { client: { address, userAgent: text(METADATA.userAgent) ?? '' } }),
    ...(Number.isFinite(deadlineAt) && { deadlineAt }),
    ...(position && { position }),
    ...(idempotencyKey && { idempotencyKey }),
  };
}

/** An invalid text becomes the lowest maximum age. */
function toAge(text: string): number {
  return /^\d{1,3}$/.test(text) ? Number(text) : 0;
}

function isRole(text: string | undefined): text is CallerRole {
  return ROLES.some((role) => role === text);
}

/** Removes the caller metadata before any handler runs. Trace and deadline remain. */
export const stripCallerMetadata: ServerInterceptor = (_method, call) =>
  new ServerInterceptingCall(call, {
    start: (next) =>
      next({
        onReceiveMetadata: (metadata, forward) => {
          for (const key of CALLER_KEYS) metadata.remove(key);
          forward(metadata);
        },
      }),
  });
