import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type AnswerOf, type InputOf } from '@viernes/gateway';
import { present } from '../upstream/present.js';
import { DEAD_LETTERS, type DeadLetterClients } from '../upstream/upstream.js';
import { deadLetterAnswer, stateMessage, wholeDeadLetterAnswer } from './dead-letter.answer.js';
import {
  dropDeadLetter,
  getDeadLetter,
  listDeadLetters,
  redriveDeadLetter,
  type DeadLetterAnswer,
  type WholeDeadLetterAnswer,
} from './dead-letter.operations.js';

/** Each service keeps the letters of its own consumers, and decides who may see them. */
@Controller()
export class DeadLetterController {
  constructor(@Inject(DEAD_LETTERS) private readonly clients: DeadLetterClients) {}

  @Handles(listDeadLetters)
  async list(
    @Input(listDeadLetters) { query }: InputOf<typeof listDeadLetters>,
  ): Promise<AnswerOf<typeof listDeadLetters>> {
    const { service, state, pageSize = 0, cursor = '' } = query;
    const page = await this.clients[service].listDeadLetters({ state: stateMessage(state), pageSize, cursor });
    const deadLetters = page.deadLetters.map((letter) => deadLetterAnswer(service, letter));
    return { deadLetters, nextCursor: page.nextCursor === '' ? null : page.nextCursor };
  }

  @Handles(getDeadLetter)
  async get(
    @Input(getDeadLetter) { params: { service, id } }: InputOf<typeof getDeadLetter>,
  ): Promise<WholeDeadLetterAnswer> {
    return wholeDeadLetterAnswer(service, await this.clients[service].getDeadLetter({ id }));
  }

  @Handles(redriveDeadLetter)
  async redrive(
    @Input(redriveDeadLetter) { params: { service, id } }: InputOf<typeof redriveDeadLetter>,
  ): Promise<DeadLetterAnswer> {
    const { deadLetter } = await this.clients[service].redriveDeadLetter({ id });
    return deadLetterAnswer(service, present(deadLetter, 'dead_letter'));
  }

  @Handles(dropDeadLetter)
  async drop(@Input(dropDeadLetter) { params: { service, id } }: InputOf<typeof dropDeadLetter>): Promise<void> {
    await this.clients[service].dropDeadLetter({ id });
  }
}
