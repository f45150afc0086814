import { Idempotency1764300000000 } from './1764300000000-idempotency.js';
import { IdempotentResponseEntity } from './idempotent-response.entity.js';

/** For the `entities` of DatabaseModule.forRoot. */
export const IDEMPOTENCY_ENTITIES = [IdempotentResponseEntity] as const;

/** For the `migrations` of DatabaseModule.forRoot. */
export const IDEMPOTENCY_MIGRATIONS = [Idempotency1764300000000] as const;
