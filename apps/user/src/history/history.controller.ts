import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import type { userV1 } from '@viernes/contracts';
import { Access, CurrentCaller, pageSize, uuid, type Caller } from '@viernes/platform';
import { z } from 'zod';
import { ProfileRepository } from '../profile/profile.repository.js';
import { ProgressRepository, type WatchedTitle } from '../progress/progress.repository.js';

const ListHistoryRequest = z.object({ pageSize: pageSize(20, 100), cursor: z.string().max(200) });
type ListHistoryRequest = z.infer<typeof ListHistoryRequest>;

const RemoveFromHistoryRequest = z.object({ titleIds: z.array(uuid).min(1).max(20_000) });
type RemoveFromHistoryRequest = z.infer<typeof RemoveFromHistoryRequest>;

/** The history of the selected profile: the stored progress, also of finished titles. */
@Controller()
@Access('account')
export class HistoryController {
  constructor(
    private readonly progress: ProgressRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  @GrpcMethod('UserService', 'listHistory')
  async listHistory(
    @Payload({ schema: ListHistoryRequest }) request: ListHistoryRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.ListHistoryResponse> {
    const profile = await this.profiles.getSelected(caller);
    const { entries, nextCursor } = await this.progress.listWatched(profile.id, request.cursor, request.pageSize);
    return { entries: entries.map(toHistoryMessage), nextCursor };
  }

  @GrpcMethod('UserService', 'removeFromHistory')
  async removeFromHistory(
    @Payload({ schema: RemoveFromHistoryRequest }) { titleIds }: RemoveFromHistoryRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.RemoveFromHistoryResponse> {
    const profile = await this.profiles.getSelected(caller);
    await this.progress.remove(profile.id, titleIds);
    return {};
  }

  @GrpcMethod('UserService', 'clearHistory')
  async clearHistory(@CurrentCaller() caller: Caller): Promise<userV1.ClearHistoryResponse> {
    const profile = await this.profiles.getSelected(caller);
    await this.progress.clear(profile.id);
    return {};
  }
}

function toHistoryMessage({ titleId, positionMs, durationMs, isFinished, occurredAt }: WatchedTitle) {
  return { titleId, positionMs, durationMs, isFinished, watchedAt: occurredAt.toISOString() };
}
