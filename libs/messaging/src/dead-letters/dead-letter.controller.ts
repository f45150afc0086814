import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { messagingV1 } from '@viernes/contracts';
import { parseRequest, requireEditor, traceIdOf } from '@viernes/platform';
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
  async listDeadLetters(request: messagingV1.ListDeadLettersRequest): Promise<messagingV1.ListDeadLettersResponse> {
    requireEditor();
    const { letters, nextCursor } = await this.letters.list(parseRequest(deadLettersPage, request));
    return { deadLetters: letters.map(deadLetterMessage), nextCursor };
  }

  @GrpcMethod('DeadLetterService', 'getDeadLetter')
  async getDeadLetter(request: messagingV1.GetDeadLetterRequest): Promise<messagingV1.GetDeadLetterResponse> {
    requireEditor();
    const letter = await this.letters.get(parseRequest(deadLetterId, request).id);
    const { type, payload, source, time, traceparent } = letter;
    const payloadJson = this.payloads.json(type, payload);
    return {
      deadLetter: deadLetterMessage(letter),
      source,
      occurredAt: time.toISOString(),
      traceId: traceIdOf(traceparent ?? undefined) ?? '',
      payloadSizeBytes: payload.byteLength,
      ...(payloadJson !== undefined && { payloadJson }),
    };
  }

  @GrpcMethod('DeadLetterService', 'redriveDeadLetter')
  async redriveDeadLetter(
    request: messagingV1.RedriveDeadLetterRequest,
  ): Promise<messagingV1.RedriveDeadLetterResponse> {
    requireEditor();
    return { deadLetter: deadLetterMessage(await this.letters.redrive(parseRequest(deadLetterId, request).id)) };
  }

  @GrpcMethod('DeadLetterService', 'dropDeadLetter')
  async dropDeadLetter(request: messagingV1.DropDeadLetterRequest): Promise<messagingV1.DropDeadLetterResponse> {
    requireEditor();
    return { deadLetter: deadLetterMessage(await this.letters.drop(parseRequest(deadLetterId, request).id)) };
  }
}
