import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { messagingV1 } from '@viernes/contracts';
import { Access, parseTraceId } from '@viernes/platform';
import { HandlerRegistry } from '../event/event-consumer.js';
import { DeadLetterRequest, ListDeadLettersRequest, STATES } from './dead-letter.requests.js';
import { DeadLetters, type DeadLetterSummary } from './dead-letters.js';
import { toPayloadJson } from './payload-json.js';

/** For the `definitions` of a service's gRPC server. */
export const MESSAGING_DEFINITIONS = {
  'viernes.messaging.v1.DeadLetterService': messagingV1.DeadLetterServiceService,
} as const;

/** For admins, because payloads of `playback-progressed` contain what a household watches. */
@Controller()
@Access('admin')
export class DeadLetterController {
  constructor(
    private readonly letters: DeadLetters,
    private readonly registry: HandlerRegistry,
  ) {}

  @GrpcMethod('DeadLetterService', 'listDeadLetters')
  async listDeadLetters(
    @Payload({ schema: ListDeadLettersRequest }) request: ListDeadLettersRequest,
  ): Promise<messagingV1.ListDeadLettersResponse> {
    const { entries, nextCursor } = await this.letters.list(request);
    return { deadLetters: entries.map(toDeadLetterMessage), nextCursor };
  }

  @GrpcMethod('DeadLetterService', 'getDeadLetter')
  async getDeadLetter(
    @Payload({ schema: DeadLetterRequest }) { id }: DeadLetterRequest,
  ): Promise<messagingV1.GetDeadLetterResponse> {
    const letter = await this.letters.get(id);
    const { type, payload, source, time, traceparent } = letter;
    const payloadJson = toPayloadJson(type, payload, this.registry.handlers);
    return {
      deadLetter: toDeadLetterMessage(letter),
      source,
      occurredAt: time.toISOString(),
      traceId: parseTraceId(traceparent ?? undefined) ?? '',
      payloadSizeBytes: payload.byteLength,
      ...(payloadJson !== undefined && { payloadJson }),
    };
  }

  @GrpcMethod('DeadLetterService', 'redriveDeadLetter')
  async redriveDeadLetter(
    @Payload({ schema: DeadLetterRequest }) { id }: DeadLetterRequest,
  ): Promise<messagingV1.RedriveDeadLetterResponse> {
    return { deadLetter: toDeadLetterMessage(await this.letters.redrive(id)) };
  }

  @GrpcMethod('DeadLetterService', 'dropDeadLetter')
  async dropDeadLetter(
    @Payload({ schema: DeadLetterRequest }) { id }: DeadLetterRequest,
  ): Promise<messagingV1.DropDeadLetterResponse> {
    return { deadLetter: toDeadLetterMessage(await this.letters.drop(id)) };
  }
}

function toDeadLetterMessage(letter: DeadLetterSummary): messagingV1.DeadLetter {
  return {
    ...letter,
    originOffset: Number(letter.originOffset),
    state: STATES[letter.state],
    firstFailedAt: letter.firstFailedAt.toISOString(),
    parkedAt: letter.parkedAt.toISOString(),
    resolvedAt: letter.resolvedAt?.toISOString(),
  };
}
