/** What we add to gRPC metadata. Keys that end in -bin carry bytes, as gRPC asks for. */
export const METADATA = {
  accountId: 'viernes-account-id',
  sessionId: 'viernes-session-id',
  role: 'viernes-role',
  traceparent: 'traceparent',
  errorCode: 'viernes-error-code',
  fieldErrors: 'viernes-field-errors-bin',
} as const;
