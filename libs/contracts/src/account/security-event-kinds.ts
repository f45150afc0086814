/** The kinds of security events. The numbers of the protobuf enum are the positions, starting with 1. */
export const SECURITY_EVENT_KINDS = [
  'accountCreated',
  'signedIn',
  'passwordRejected',
  'accountLocked',
  'signedOut',
  'sessionEnded',
  'sessionsEnded',
  'refreshTokenReused',
  'passwordChanged',
  'passwordReset',
  'emailChangeRequested',
  'emailVerified',
  'roleChanged',
  'passkeyAdded',
  'passkeyRemoved',
  'signedInWithPasskey',
  'passkeyRejected',
  'pinSet',
  'pinRemoved',
  'profileLimitChanged',
  'apiKeyCreated',
  'apiKeyRotated',
  'apiKeyRevoked',
  'planChanged',
] as const;

export type SecurityEventKind = (typeof SECURITY_EVENT_KINDS)[number];
