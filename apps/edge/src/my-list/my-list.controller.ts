import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { listTitlesById } from '../title/list-titles-by-id.js';
import { CATALOG, USER, type CatalogClient, type UserClient } from '../upstream/upstream.js';
import { addToMyList, getMyListEntry, listMyList, removeFromMyList } from './my-list.operations.js';

@Controller()
export class MyListController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(CATALOG) private readonly catalog: CatalogClient,
  ) {}

  @Handles(listMyList)
  async list(@Input(listMyList) { query }: InputOf<typeof listMyList>): Promise<ResponseOf<typeof listMyList>> {
    const { pageSize = 0, cursor = '' } = query;
    const { entries, nextCursor } = await this.user.listMyList({ pageSize, cursor });
    const titleIds = entries.map(({ titleId }) => titleId);
    return { titles: await listTitlesById(this.catalog, titleIds), nextCursor: nextCursor || null };
  }

  @Handles(getMyListEntry)
  async get(
    @Input(getMyListEntry) { params }: InputOf<typeof getMyListEntry>,
  ): Promise<ResponseOf<typeof getMyListEntry>> {
    const { isListed } = await this.user.checkMyList(params);
    return { isListed };
  }

  @Handles(addToMyList)
  async add(@Input(addToMyList) { params }: InputOf<typeof addToMyList>): Promise<void> {
    await this.catalog.getTitle(params);
    await this.user.addToMyList(params);
  }

  @Handles(removeFromMyList)
  async remove(@Input(removeFromMyList) { params }: InputOf<typeof removeFromMyList>): Promise<void> {
    await this.user.removeFromMyList(params);
  }
}
