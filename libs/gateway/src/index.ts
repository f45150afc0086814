export {
  bodyTypesOf,
  countsInQuota,
  DEFAULT_TIMEOUT_MS,
  JSON_TYPE,
  XML_TYPE,
  defineOperation,
  type AuthMode,
  type CachePolicy,
  type Idempotency,
  type InputOf,
  type Operation,
  type ResponseOf,
  type WebSocketMessages,
} from './routes/operation.js';
export { selectionQuery, toSparseSchema } from './routes/selection.js';
export { Handles, Input } from './routes/operation.decorators.js';
export { inputOf, listFieldErrors } from './routes/parse-input.js';
export {
  fromSlug,
  PROBLEM_TYPE,
  PROBLEM_XML_TYPE,
  toProblem,
  translateFieldErrors,
  type Problem,
} from './problems/problem.js';
export { ProblemFilter } from './problems/problem.filter.js';
export { serveSoap } from './soap/serve-soap.js';
export type { SoapMethod, SoapService } from './soap/soap-service.js';
export { CSV_TYPE } from './formats/to-csv.js';
export { ITEM_NAME, PROBLEM_NAMESPACE } from './formats/to-xml.js';
export { AccessTokenVerifier } from './auth/access-token-verifier.js';
export { ApiKeyVerifier, UNKNOWN_API_KEYS, type VerifiedApiKey } from './auth/api-key-verifier.js';
export { Authenticator } from './auth/authenticator.js';
export { hasSessionHeader, rejectForgedRequest, requireSameOrigin } from './auth/forged-requests.js';
export { JwksCache } from './auth/jwks-cache.js';
export { RevokedSessions } from './auth/revoked-sessions.js';
export { readSessionCookie, sessionCookieName } from './auth/session-cookie.js';
export { ResponseCache, type ResponseCacheOptions } from './cache/response-cache.js';
export {
  CALL_LIMIT_BYTES,
  clientOf,
  dispatch,
  type DispatchedClient,
  type DispatchedResponse,
} from './dispatch/dispatch.js';
export { REQUEST_TIMEOUT } from './deadline/request-timeout.js';
export { Http2Listener, type Http2Handler } from './http2/http2-listener.js';
export type { ConnectionPolicy } from './server/connection-age.js';
export { matchesIfMatch } from './preconditions/entity-tag.js';
export { preventCaching } from './cache/store-responses.js';
export { addressKey } from './limits/address-key.js';
export { ConcurrencyLimiter } from './limits/concurrency-limiter.js';
export { DEFAULT_PRIORITY } from './routes/priority.js';
export { RateLimits, type RateLimit } from './limits/rate-limits.js';
export { monthOf } from './plans/month.js';
export { planSettings, type PlanLimits } from './plans/plan.config.js';
export type { Plan } from './plans/plan.js';
export { Plans } from './plans/plans.js';
export { TRACE_HEADER } from './server/common-headers.js';
export { listen } from './server/listen.js';
export { BODY_LIMIT_BYTES, serverOptions } from './server/server-options.js';
export { TrustedProxies } from './server/trusted-proxies.js';
export { UsageCounts } from './usage/usage-counts.js';
export { UsagePublisher, type UsageBatch, type UsageSender } from './usage/usage-publisher.js';
export { connectValkey, openBlockingConnection, type Valkey } from './valkey/valkey.js';
export { Connection } from './web-socket/web-socket.decorators.js';
export { WEB_SOCKET_LIMITS, type WebSocketLimits } from './web-socket/web-socket-limits.js';
export type { ClientMessage, ServerMessage, WebSocketConnection } from './web-socket/web-socket-connection.js';
export { installGateway } from './gateway.js';
export { selectLanguage } from './formats/select-language.js';
export { EventLog, type LogEntry } from './event-log/event-log.js';
export { EventLogReader } from './event-log/event-log-reader.js';
export { comparePositions, LOG_POSITION } from './event-log/log-position.js';
export { IDEMPOTENCY_KEY, IDEMPOTENCY_KEY_HEADER, REPLAYED_HEADER } from './idempotency/idempotency-keys.js';
export { listSuccessors, versionedType, versionOf } from './versions/versions.js';
