import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { userV1 } from '@viernes/contracts';
import { Access, pageSize, parseRequest, requireCaller } from '@viernes/platform';
import { z } from 'zod';
import { ProfileRepository } from '../profile/profile.repository.js';
import { ProgressRepository } from './progress.repository.js';

const continuePage = z.object({
  profileId: z.string().max(100),
  pageSize: pageSize(20, 50),
});

const place = z.object({ profileId: z.string().max(100), titleId: z.guid() });

@Controller()
export class ProgressController {
  constructor(
    private readonly progress: ProgressRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  @GrpcMethod('UserService', 'listContinueWatching')
  @Access('account')
  async listContinueWatching(
    request: userV1.ListContinueWatchingRequest,
  ): Promise<userV1.ListContinueWatchingResponse> {
    const { accountId } = requireCaller();
    const { profileId, pageSize } = parseRequest(continuePage, request);
    await this.profiles.requireOwned(accountId, profileId);
    const entries = await this.progress.listUnfinished(profileId, pageSize);
    return {
      entries: entries.map(({ occurredAt, ...entry }) => ({ ...entry, watchedAt: occurredAt.toISOString() })),
    };
  }

  @GrpcMethod('UserService', 'getResumePosition')
  @Access('account')
  async getResumePosition(request: userV1.GetResumePositionRequest): Promise<userV1.GetResumePositionResponse> {
    const { accountId } = requireCaller();
    const { profileId, titleId } = parseRequest(place, request);
    await this.profiles.requireOwned(accountId, profileId);
    return { positionMs: await this.progress.resumePositionMs(profileId, titleId) };
  }
}
