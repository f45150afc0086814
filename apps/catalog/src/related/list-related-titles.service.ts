import { Injectable } from '@nestjs/common';
import { ReadCoalescer } from '@viernes/platform';
import { TitleRepository } from '../title/title.repository.js';
import type { Title } from '../title/title.js';
import { RelatedTitles } from './related-titles.js';

@Injectable()
export class ListRelatedTitles {
  constructor(
    private readonly titles: TitleRepository,
    private readonly related: RelatedTitles,
    private readonly coalescer: ReadCoalescer,
  ) {}

  /**
   * Lists visible titles that are similar to another one, most similar first.
   *
   * @param text the ID or the slug
   * @throws CodedError TITLE_NOT_FOUND
   */
  async run(text: string, limit: number): Promise<Title[]> {
    const title = await this.titles.get(text);
    return this.coalescer.run('related', `${title.id} ${limit}`, async () =>
      this.titles.listByIds(await this.related.listIds(title, limit)),
    );
  }
}
