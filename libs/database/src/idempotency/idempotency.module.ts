import { Global, Module } from '@nestjs/common';
import { IdempotentCalls } from './idempotent-calls.js';
import { IdempotentResponseRepository } from './idempotent-response.repository.js';

/** For the methods with `@Idempotent()`. Needs the entities and migrations of `idempotency.schema.ts`. */
@Global()
@Module({ providers: [IdempotentResponseRepository, IdempotentCalls], exports: [IdempotentCalls] })
export class IdempotencyModule {}
