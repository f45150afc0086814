export { ERRORS, isErrorCode, type ErrorCode, type ErrorRow, type Retry } from './errors/error-table.js';
export { CodedError, isTransient, type FieldError, type FieldErrorReason } from './errors/coded-error.js';
export { SLUG, toSlug } from './catalog/slug.js';
export { MATURITY_RATINGS, MINIMUM_AGES, type MaturityRating } from './catalog/maturity-ratings.js';
export {
  API_KEY,
  API_KEY_DAYS,
  API_KEY_OVERLAP_HOURS,
  API_KEY_SCOPES,
  MAX_API_KEYS,
  type ApiKeyScope,
} from './account/api-key-values.js';
export { DEFAULT_PLAN, PLAN_NAME } from './account/plan-values.js';
export { SECURITY_EVENT_KINDS, type SecurityEventKind } from './account/security-event-kinds.js';
export {
  AVATARS,
  KIDS_MAXIMUM_AGE,
  MAX_MY_LIST_TITLES,
  MAX_PROFILES,
  PIN,
  THUMBS,
  type Avatar,
  type Thumb,
} from './profile/profile-values.js';
export {
  ARTWORK_KINDS,
  ARTWORK_URL,
  COUNTRY_CODES,
  CREDIT_ROLES,
  LANGUAGE_TAG,
  MATURITY_RATING_NAMES,
  type ArtworkKind,
  type CreditRole,
} from './catalog/title-values.js';
export {
  MAX_WEBHOOKS,
  MAX_WEBHOOK_URL_LENGTH,
  WEBHOOK_DELIVERY_STATES,
  WEBHOOK_DISABLED_REASONS,
  WEBHOOK_ERRORS,
  WEBHOOK_EVENT_TYPES,
  WEBHOOK_OVERLAP_HOURS,
  WEBHOOK_TEST_TYPE,
  type WebhookDeliveryState,
  type WebhookDisabledReason,
  type WebhookError,
  type WebhookEventType,
} from './catalog/webhook-values.js';
export { defineEvent, type EventData, type EventDefinition, type MessageCodec } from './events/define-event.js';
export { TOPICS, type DeclaredTopic, type TopicDefinition } from './events/topics.js';
export { type RegisteredEvent } from './events/registered-event.js';
export {
  listDeclaredConsumers,
  AccountChangedV1,
  AccountChangesAnonymizedV1,
  AccountDataDeletedV1,
  AccountDeletionRequestedV1,
  AssetChangedV1,
  EVENTS,
  FailedV1,
  HomeRowsChangedV1,
  PlaybackProgressedV1,
  PublishedV1,
  PersonChangedV1,
  RoleChangedV1,
  TitleChangedV1,
  UploadChangedV1,
  UsageCountedV1,
  type AnyRegisteredEvent,
} from './events/event-registry.js';
export { DURATION_BUCKETS, estimatePercentileMs, toDurationBucket } from './usage/duration-buckets.js';
export {
  USAGE_RETENTION_DAYS,
  USAGE_DIMENSIONS,
  USAGE_INTERVALS,
  USAGE_ORDERS,
  type UsageDimension,
  type UsageInterval,
  type UsageOrder,
} from './usage/usage-values.js';
export { ACCESS_TOKEN } from './tokens/access-token.js';
export * as catalogV1 from './gen/viernes/catalog/v1/catalog.js';
export * as catalogEventsV1 from './gen/viernes/catalog/v1/events.js';
export * as edgeEventsV1 from './gen/viernes/edge/v1/events.js';
export * as messagingV1 from './gen/viernes/messaging/v1/dead_letter.js';
export * as userV1 from './gen/viernes/user/v1/user.js';
export * as userEventsV1 from './gen/viernes/user/v1/events.js';
export * as videoV1 from './gen/viernes/video/v1/video.js';
export * as videoEventsV1 from './gen/viernes/video/v1/events.js';
export * as transcodeV1 from './gen/viernes/video/v1/transcode.js';
