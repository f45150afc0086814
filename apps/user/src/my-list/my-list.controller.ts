import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { userV1 } from '@viernes/contracts';
import { Access, CurrentCaller, pageSize, uuid, type Caller } from '@viernes/platform';
import { z } from 'zod';
import { ProfileRepository } from '../profile/profile.repository.js';
import { MyListRepository } from './my-list.repository.js';

const TitleRequest = z.object({ titleId: uuid });
type TitleRequest = z.infer<typeof TitleRequest>;

const ListMyListRequest = z.object({ pageSize: pageSize(20, 100), cursor: z.string().max(200) });
type ListMyListRequest = z.infer<typeof ListMyListRequest>;

/** The list of the selected profile. */
@Controller()
@Access('account')
export class MyListController {
  constructor(
    private readonly myList: MyListRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  @GrpcMethod('UserService', 'addToMyList')
  async addToMyList(
    @Payload({ schema: TitleRequest }) { titleId }: TitleRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.AddToMyListResponse> {
    const profile = await this.profiles.getSelected(caller);
    await this.myList.add(profile.id, titleId);
    return {};
  }

  @GrpcMethod('UserService', 'removeFromMyList')
  async removeFromMyList(
    @Payload({ schema: TitleRequest }) { titleId }: TitleRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.RemoveFromMyListResponse> {
    const profile = await this.profiles.getSelected(caller);
    await this.myList.remove(profile.id, titleId);
    return {};
  }

  @GrpcMethod('UserService', 'checkMyList')
  async checkMyList(
    @Payload({ schema: TitleRequest }) { titleId }: TitleRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.CheckMyListResponse> {
    const profile = await this.profiles.getSelected(caller);
    return { isListed: await this.myList.has(profile.id, titleId) };
  }

  @GrpcMethod('UserService', 'listMyList')
  async listMyList(
    @Payload({ schema: ListMyListRequest }) request: ListMyListRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.ListMyListResponse> {
    const profile = await this.profiles.getSelected(caller);
    const { entries, nextCursor } = await this.myList.list(profile.id, request.cursor, request.pageSize);
    return {
      entries: entries.map(({ titleId, addedAt }) => ({ titleId, addedAt: addedAt.toISOString() })),
      nextCursor,
    };
  }
}
