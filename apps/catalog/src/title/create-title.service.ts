import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import type { NewTitle, Title } from './title.js';
import { TitleRepository } from './title.repository.js';

@Injectable()
export class CreateTitle {
  constructor(private readonly titles: TitleRepository) {}

  /** @throws CodedError TITLE_EXISTS if the external ID is in use, so that a retry creates no second title */
  async run(newTitle: NewTitle): Promise<Title> {
    const title = await this.titles.insert(randomUUID(), newTitle);
    if (!title) throw new CodedError('TITLE_EXISTS', { externalId: newTitle.externalId ?? '' });
    return title;
  }
}
