export {
  DEFAULT_TIMEOUT_MS,
  defineOperation,
  type AnswerOf,
  type Bearer,
  type InputOf,
  type Operation,
  type Success,
} from './routes/operation.js';
export { Handles } from './routes/handles.decorator.js';
export { Input } from './routes/input.decorator.js';
export { readInput } from './routes/read-input.js';
export { codeOfSlug, problemOf, slugOf, PROBLEM_TYPE, type Problem } from './problems/problem.js';
export { ProblemFilter } from './problems/problem.filter.js';
export { codedErrorOf } from './problems/foreign-errors.js';
export { AccessTokens, TOKEN_AUDIENCE, TOKEN_ISSUER, type VerifiedCaller } from './auth/access-tokens.js';
export { Authenticator } from './auth/authenticator.js';
export { KeySet, type KeySetTimes } from './auth/key-set.js';
export { RevokedSessions } from './auth/revoked-sessions.js';
export { RateLimits, type LimitState, type RateLimit } from './limits/rate-limits.js';
export { TRACE_HEADER } from './calls/call-hooks.js';
export { BODY_LIMIT_BYTES, serverOptions } from './calls/server-options.js';
export { connectValkey, type Valkey } from './valkey/valkey.js';
export { installGateway, type GatewayParts } from './gateway.js';
