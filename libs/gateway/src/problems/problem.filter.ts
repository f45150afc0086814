import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ERRORS, type CodedError } from '@viernes/contracts';
import type { Logger } from '@viernes/platform';
import { runInContext } from '@viernes/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { codedErrorOf } from './foreign-errors.js';
import { sendProblem } from './problem-reply.js';

/** The one way an error leaves the edge, and the one place where it is logged, with its cause. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const coded = codedErrorOf(error);
    runInContext(request.call, () => this.log(coded));
    if (reply.raw.headersSent) {
      // Half an answer cannot become a problem any more: the client must see that it is not whole.
      reply.raw.destroy();
      return;
    }
    sendProblem(request, reply, request.call.traceId, coded);
  }

  private log(error: CodedError): void {
    const { code, details, fieldErrors } = error;
    if (ERRORS[code].http < 500) {
      // A refused request needs no stack, and whoever sends many must not be able to fill the disk.
      const reason = error.cause instanceof Error ? error.cause.message : undefined;
      this.logger.info({ code, details, fieldErrors, reason }, 'answered with a problem');
      return;
    }
    this.logger[code === 'INTERNAL' ? 'error' : 'warn']({ code, err: error }, 'answered with a problem');
  }
}
