import {
  applyDecorators,
  createParamDecorator,
  HttpCode,
  RequestMapping,
  RequestMethod,
  type ExecutionContext,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { Operation } from './operation.js';
import { inputOf } from './parse-input.js';

/** Routes an operation to a controller method. Hooks read the operation from the config of the route. */
export function Handles(operation: Operation): MethodDecorator {
  return applyDecorators(
    RequestMapping({ path: operation.path, method: RequestMethod[operation.method] }),
    HttpCode(operation.success.status),
    RouteConfig({ operation }),
  );
}

/** Passes the validated input to a controller method: `@Input(getTitle) { params }: InputOf<typeof getTitle>`. */
export function Input(operation: Operation): ParameterDecorator {
  return createParamDecorator((_data: unknown, context: ExecutionContext) =>
    inputOf(operation, context.switchToHttp().getRequest<FastifyRequest>()),
  )();
}
