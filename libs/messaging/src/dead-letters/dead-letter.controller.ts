import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { messagingV1 } from '@viernes/contracts';
import { Access, parseRequest, parseTraceId } from '@viernes/platform';
import { DeadLetterReview } from './dead-letter-review.js';
import { deadLetterMessage } from './dead-letter.message.js';
import { deadLetterId, deadLettersPage } from './dead-letter.requests.js';
import { PayloadReader } from './payload-json.js';

/** Who may see and decide is asked here, where the letters are: the edge only passes the question on. */
@Controller()
export class DeadLetterController {
  constructor(
    private readonly letters: DeadLetterReview,
    private readonly payloads: PayloadReader,
  ) {}

  @GrpcMethod('DeadLetterService', 'listDeadLetters')
  @Access('editor')
  async listDeadLetters(request: messagingV1.ListDeadLettersRequest): Promise<messagingV1.ListDeadLettersResponse> {
    const { letters, nextCursor } = await this.letters.list(parseRequest(deadLettersPage, request));
    return { deadLetters: letters.map(deadLetterMessage), nextCursor };
  }

  @GrpcMethod('DeadLetterService', 'getDeadLetter')
  @Access('editor')
  async getDeadLetter(request: messagingV1.GetDeadLetterRequest): Promise<messagingV1.GetDeadLetterResponse> {
    const letter = await this.letters.get(parseRequest(deadLetterId, request).id);
    const { type, payload, source, time, traceparent } = letter;
    const payloadJson = this.payloads.json(type, payload);
    return {
      deadLetter: deadLetterMessage(letter),
      source,
      occurredAt: time.toISOString(),
      traceId: parseTraceId(traceparent ?? undefined) ?? '',
      payloadSizeBytes: payload.byteLength,
      ...(payloadJson !== undefined && { payloadJson }),
    };
  }

  @GrpcMethod('DeadLetterService', 'redriveDeadLetter')
  @Access('editor')
  async redriveDeadLetter(
    request: messagingV1.RedriveDeadLetterRequest,
  ): Promise<messagingV1.RedriveDeadLetterResponse> {
    return { deadLetter: deadLetterMessage(await this.letters.redrive(parseRequest(deadLetterId, request).id)) };
  }

  @GrpcMethod('DeadLetterService', 'dropDeadLetter')
  @Access('editor')
  async dropDeadLetter(request: messagingV1.DropDeadLetterRequest): Promise<messagingV1.DropDeadLetterResponse> {
    return { deadLetter: deadLetterMessage(await this.letters.drop(parseRequest(deadLetterId, request).id)) };
  }
}
