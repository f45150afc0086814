import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type ResponseOf, type InputOf } from '@viernes/gateway';
import { required } from '../upstream/required.js';
import { DEAD_LETTERS, type DeadLetterClients } from '../upstream/upstream.js';
import { toDeadLetterResponse, toStateMessage, toDeadLetterDetailResponse } from './dead-letter.response.js';
import {
  dropDeadLetter,
  getDeadLetter,
  listDeadLetters,
  redriveDeadLetter,
  type DeadLetterResponse,
  type DeadLetterDetailResponse,
} from './dead-letter.operations.js';

/** Forwards each request to the service that stores the dead letter. */
@Controller()
export class DeadLetterController {
  constructor(@Inject(DEAD_LETTERS) private readonly clients: DeadLetterClients) {}

  @Handles(listDeadLetters)
  async list(
    @Input(listDeadLetters) { query }: InputOf<typeof listDeadLetters>,
  ): Promise<ResponseOf<typeof listDeadLetters>> {
    const { service, state, pageSize = 0, cursor = '' } = query;
    const page = await this.clients[service].listDeadLetters({ state: toStateMessage(state), pageSize, cursor });
    const deadLetters = page.deadLetters.map((letter) => toDeadLetterResponse(service, letter));
    return { deadLetters, nextCursor: page.nextCursor === '' ? null : page.nextCursor };
  }

  @Handles(getDeadLetter)
  async get(
    @Input(getDeadLetter) { params: { service, id } }: InputOf<typeof getDeadLetter>,
  ): Promise<DeadLetterDetailResponse> {
    return toDeadLetterDetailResponse(service, await this.clients[service].getDeadLetter({ id }));
  }

  @Handles(redriveDeadLetter)
  async redrive(
    @Input(redriveDeadLetter) { params: { service, id } }: InputOf<typeof redriveDeadLetter>,
  ): Promise<DeadLetterResponse> {
    const { deadLetter } = await this.clients[service].redriveDeadLetter({ id });
    return toDeadLetterResponse(service, required(deadLetter, 'dead_letter'));
  }

  @Handles(dropDeadLetter)
  async drop(@Input(dropDeadLetter) { params: { service, id } }: InputOf<typeof dropDeadLetter>): Promise<void> {
    await this.clients[service].dropDeadLetter({ id });
  }
}
