import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Operation } from './operation.js';
import { parseInput } from './parse-input.js';

/** Hands the checked parts of the request to a method: `@Input(getTitle) { params }: InputOf<typeof getTitle>`. */
export function Input(operation: Operation): ParameterDecorator {
  return createParamDecorator((_data: unknown, context: ExecutionContext) => {
    const { params, query, body } = context.switchToHttp().getRequest<FastifyRequest>();
    return parseInput(operation, { params, query, body });
  })();
}
