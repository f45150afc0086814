import type { ServerUnaryCall } from '@grpc/grpc-js';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** Injects into a controller method a signal that aborts when the client cancels the call or its deadline passes. */
export const CallSignal: () => ParameterDecorator = createParamDecorator((_, context: ExecutionContext) => {
  const controller = new AbortController();
  const call = context.getArgByIndex<ServerUnaryCall<unknown, unknown> | undefined>(2);
  if (call?.cancelled) controller.abort();
  else call?.once('cancelled', () => controller.abort());
  return controller.signal;
});
