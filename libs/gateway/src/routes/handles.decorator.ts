import { applyDecorators, HttpCode, RequestMapping, RequestMethod } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { Operation } from './operation.js';

/** Routes an operation to a controller's method. The hooks find the operation in the route's config. */
export function Handles(operation: Operation): MethodDecorator {
  return applyDecorators(
    RequestMapping({ path: operation.path, method: RequestMethod[operation.method] }),
    HttpCode(operation.success.status),
    RouteConfig({ operation }),
  );
}
