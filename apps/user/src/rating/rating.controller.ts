import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { THUMBS, userV1 } from '@viernes/contracts';
import { Access, CurrentCaller, uuid, type Caller } from '@viernes/platform';
import { z } from 'zod';
import { ProfileRepository } from '../profile/profile.repository.js';
import { protobufEnum } from '../protobuf-enum.js';
import { RatingRepository } from './rating.repository.js';

const TitleRequest = z.object({ titleId: uuid });
type TitleRequest = z.infer<typeof TitleRequest>;

const RateTitleRequest = TitleRequest.extend({ thumb: protobufEnum(THUMBS) });
type RateTitleRequest = z.infer<typeof RateTitleRequest>;

/** The ratings of the selected profile. */
@Controller()
@Access('account')
export class RatingController {
  constructor(
    private readonly ratings: RatingRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  @GrpcMethod('UserService', 'rateTitle')
  async rateTitle(
    @Payload({ schema: RateTitleRequest }) { titleId, thumb }: RateTitleRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.RateTitleResponse> {
    const profile = await this.profiles.getSelected(caller);
    await this.ratings.put(profile.id, titleId, thumb);
    return {};
  }

  @GrpcMethod('UserService', 'removeRating')
  async removeRating(
    @Payload({ schema: TitleRequest }) { titleId }: TitleRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.RemoveRatingResponse> {
    const profile = await this.profiles.getSelected(caller);
    await this.ratings.remove(profile.id, titleId);
    return {};
  }

  @GrpcMethod('UserService', 'getRating')
  async getRating(
    @Payload({ schema: TitleRequest }) { titleId }: TitleRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.GetRatingResponse> {
    const profile = await this.profiles.getSelected(caller);
    const thumb = await this.ratings.find(profile.id, titleId);
    return { thumb: thumb === undefined ? userV1.Thumb.THUMB_UNSPECIFIED : THUMBS.indexOf(thumb) + 1 };
  }
}
