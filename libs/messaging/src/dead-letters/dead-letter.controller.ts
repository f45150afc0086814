import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { EVENTS, messagingV1 } from '@viernes/contracts';
import { Access, parseTraceId } from '@viernes/platform';
import { HandlerRegistry } from '../event/event-consumer.js';
import type { AnyEventHandler } from '../event/event-handler.js';
import { DeadLetterRequest, ListDeadLettersRequest, STATES } from './dead-letter.requests.js';
import { DeadLetters, type DeadLetterSummary } from './dead-letters.js';

/** Values of these fields are hidden. No registered event has such a field. */
const SECRET = /secret|token|password|credential|signature|authorization|cookie|email/i;
const HIDDEN = '(hidden)';

/** For the `definitions` of a service's gRPC server. */
export const MESSAGING_DEFINITIONS = {
  'viernes.messaging.v1.DeadLetterService': messagingV1.DeadLetterServiceService,
} as const;

/** Only for admins, because payloads of `playback-progressed` reveal what a household watches. */
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

/**
 * Decodes a payload of a registered event, or of an event of these handlers.
 * @returns JSON without secrets; undefined if the type is unknown or the payload is invalid
 */
export function toPayloadJson(
  type: string,
  payload: Uint8Array,
  handlers: readonly AnyEventHandler[],
): string | undefined {
  const codec = [...handlers.map(({ event }) => event), ...EVENTS].find((event) => event.type === type)?.codec;
  if (!codec) return undefined;
  try {
    return JSON.stringify(codec.decode(payload), (name, value: unknown) => (SECRET.test(name) ? HIDDEN : value));
  } catch {
    return undefined;
  }
}
