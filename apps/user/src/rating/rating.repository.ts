import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Thumb } from '@viernes/contracts';
import { Repository } from 'typeorm';
import { RatingEntity } from './rating.entity.js';

@Injectable()
export class RatingRepository {
  constructor(@InjectRepository(RatingEntity) private readonly ratings: Repository<RatingEntity>) {}

  async put(profileId: string, titleId: string, thumb: Thumb): Promise<void> {
    await this.ratings.upsert({ profileId, titleId, thumb, ratedAt: () => 'now()' }, ['profileId', 'titleId']);
  }

  async remove(profileId: string, titleId: string): Promise<void> {
    await this.ratings.delete({ profileId, titleId });
  }

  async find(profileId: string, titleId: string): Promise<Thumb | undefined> {
    const rating = await this.ratings.findOneBy({ profileId, titleId });
    return rating?.thumb;
  }
}
