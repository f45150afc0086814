import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Transaction } from '@viernes/database';
import { Repository } from 'typeorm';
import { PasswordResetRequestEntity } from './password-reset-request.entity.js';

@Injectable()
export class PasswordResetRequestRepository {
  constructor(
    @InjectRepository(PasswordResetRequestEntity) private readonly requests: Repository<PasswordResetRequestEntity>,
  ) {}

  async insert(email: string): Promise<void> {
    await this.requests.insert({ email });
  }

  /** Deletes the oldest request that no other replica processes. @returns its email, undefined if there is none */
  async take(tx: Transaction): Promise<string | undefined> {
    // Raw SQL: the query builder supports neither LIMIT nor SKIP LOCKED in a DELETE.
    const [rows] = await tx.query<[{ email: string }[], number]>(
      `DELETE FROM password_reset_request WHERE id =
         (SELECT id FROM password_reset_request ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING email`,
    );
    return rows[0]?.email;
  }
}
