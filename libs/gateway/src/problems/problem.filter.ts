import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ERRORS, type CodedError } from '@viernes/contracts';
import type { Logger } from '@viernes/platform';
import { runInContext } from '@viernes/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fromFrameworkError } from './framework-errors.js';
import { sendProblem } from './problem-reply.js';

/** Sends every error as problem details, and logs it once with its cause. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const coded = fromFrameworkError(error);
    runInContext(request.requestContext, () => this.log(coded));
    if (request.webSocket) return request.webSocket.close('failed');
    if (reply.raw.headersSent) {
      // Closing the socket signals a truncated response.
      reply.raw.destroy();
      return;
    }
    sendProblem(request, reply, request.requestContext.traceId, coded);
  }

  private log(error: CodedError): void {
    const { code, details, fieldErrors } = error;
    if (ERRORS[code].http < 500) {
      // Without a stack, so that a client that sends many invalid requests cannot fill the disk.
      const reason = error.cause instanceof Error ? error.cause.message : undefined;
      this.logger.info({ code, details, fieldErrors, reason }, 'request rejected');
      return;
    }
    this.logger[code === 'INTERNAL' ? 'error' : 'warn']({ code, err: error }, 'request failed');
  }
}
