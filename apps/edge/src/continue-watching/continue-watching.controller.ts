import { Controller } from '@nestjs/common';
import { Handles, Input, type ResponseOf, type InputOf } from '@viernes/gateway';
import { listContinueWatching } from './continue-watching.operations.js';
import { ContinueWatching } from './continue-watching.js';

@Controller()
export class ContinueWatchingController {
  constructor(private readonly continueWatching: ContinueWatching) {}

  @Handles(listContinueWatching)
  async list(
    @Input(listContinueWatching) { params }: InputOf<typeof listContinueWatching>,
  ): Promise<ResponseOf<typeof listContinueWatching>> {
    return { entries: await this.continueWatching.list(params.id) };
  }
}
