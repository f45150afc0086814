import {
  applyDecorators,
  Injectable,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { currentContext } from '@viernes/platform';
import { defer, lastValueFrom, type Observable } from 'rxjs';
import {
  IdempotentCalls,
  type IdempotencyOptions,
  type IdempotentMethod,
  type IdempotentOperation,
} from './idempotent-calls.js';

const OPERATION = 'viernes:idempotent-operation';

@Injectable()
class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly calls: IdempotentCalls) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { idempotencyKey } = currentContext();
    if (idempotencyKey === undefined) return next.handle();
    const operation = Reflect.getMetadata(OPERATION, context.getHandler()) as IdempotentOperation;
    const request: unknown = context.switchToRpc().getData();
    return defer(() => this.calls.run(idempotencyKey, operation, request, () => lastValueFrom(next.handle())));
  }
}

/**
 * Ensures that repeated calls of a gRPC method with the same idempotency key have one effect and one response. All
 * transactions of the method commit together, so it must not read its own changes outside of them, except with `Reads`.
 */
export function Idempotent(method: IdempotentMethod, options: IdempotencyOptions = {}): MethodDecorator {
  const operation: IdempotentOperation = { method, ...options };
  return applyDecorators(SetMetadata(OPERATION, operation), UseInterceptors(IdempotencyInterceptor));
}
