import { Injectable } from '@nestjs/common';
import type { Transaction } from '@viernes/database';

@Injectable()
export class PopularityRepository {
  /**
   * Adds one view. The sum of two heats is max + log2(1 + 2^-difference); beyond a difference of 60 it changes no bit of
   * a double, and PostgreSQL would report an underflow some way further on.
   */
  async addView(tx: Transaction, titleId: string, heat: number): Promise<void> {
    await tx.query(
      `insert into title_popularity as known (title_id, views, heat) values ($1, 1, $2)
       on conflict (title_id) do update
         set views = known.views + 1,
             heat = greatest(known.heat, excluded.heat)
               + ln(1 + power(2::float8, -least(abs(known.heat - excluded.heat), 60))) / ln(2::float8)`,
      [titleId, heat],
    );
  }
}
