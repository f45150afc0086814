import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { userV1 } from '@viernes/contracts';
import { Access, CurrentCaller, pageSize, uuid, type Caller } from '@viernes/platform';
import { z } from 'zod';
import { ProfileRepository } from '../profile/profile.repository.js';
import type { Progress } from './progress.js';
import { ProgressRepository } from './progress.repository.js';

const ListContinueWatchingRequest = z.object({ profileId: z.string().max(100), pageSize: pageSize(20, 50) });
type ListContinueWatchingRequest = z.infer<typeof ListContinueWatchingRequest>;

const GetResumePositionRequest = z.object({ profileId: z.string().max(100), titleId: uuid });
type GetResumePositionRequest = z.infer<typeof GetResumePositionRequest>;

const GetLatestProgressRequest = z.object({ profileId: z.string().max(100), titleIds: z.array(uuid).max(20_000) });
type GetLatestProgressRequest = z.infer<typeof GetLatestProgressRequest>;

@Controller()
@Access('account')
export class ProgressController {
  constructor(
    private readonly progress: ProgressRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  @GrpcMethod('UserService', 'listContinueWatching')
  async listContinueWatching(
    @Payload({ schema: ListContinueWatchingRequest }) { profileId, pageSize }: ListContinueWatchingRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.ListContinueWatchingResponse> {
    const profile = await this.profiles.getUsable(caller, profileId);
    const [unfinished, finished] = await Promise.all([
      this.progress.listUnfinished(profile.id, pageSize),
      this.progress.listFinished(profile.id, pageSize),
    ]);
    return {
      entries: unfinished.map(toContinueWatchingMessage),
      finished: finished.map(({ titleId, occurredAt }) => ({ titleId, watchedAt: occurredAt.toISOString() })),
    };
  }

  @GrpcMethod('UserService', 'getResumePosition')
  async getResumePosition(
    @Payload({ schema: GetResumePositionRequest }) { profileId, titleId }: GetResumePositionRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.GetResumePositionResponse> {
    const profile = await this.profiles.getUsable(caller, profileId);
    return { positionMs: await this.progress.getResumePositionMs(profile.id, titleId) };
  }

  @GrpcMethod('UserService', 'getLatestProgress')
  async getLatestProgress(
    @Payload({ schema: GetLatestProgressRequest }) { profileId, titleIds }: GetLatestProgressRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.GetLatestProgressResponse> {
    const profile = await this.profiles.getUsable(caller, profileId);
    const latest = await this.progress.findLatest(profile.id, titleIds);
    return { titleId: latest?.titleId ?? '', isFinished: latest?.isFinished ?? false };
  }
}

function toContinueWatchingMessage({ occurredAt, ...progress }: Progress): userV1.ContinueWatchingEntry {
  return { ...progress, watchedAt: occurredAt.toISOString() };
}
