import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LoggerModule } from 'nestjs-pino';
import type { PeerStart } from './peer-server.js';
import { PeerCredit, PeerPerson, PeerPublication, PeerTitle } from './peer-title.entity.js';
import { PeerTitlesController } from './peer-titles.controller.js';
import { PeerTitles } from './peer-titles.service.js';

const UNLIMITED = [{ ttl: 60_000, limit: 1_000_000_000 }];

@Module({})
export class PeerModule {
  static with({ databaseUrl, hasPolicies }: PeerStart): DynamicModule {
    return {
      module: PeerModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: databaseUrl,
          entities: [PeerTitle, PeerPublication, PeerPerson, PeerCredit],
        }),
        TypeOrmModule.forFeature([PeerTitle]),
        ...(hasPolicies ? [LoggerModule.forRoot(), ThrottlerModule.forRoot(UNLIMITED)] : []),
      ],
      controllers: [PeerTitlesController],
      providers: [PeerTitles, ...(hasPolicies ? [{ provide: APP_GUARD, useClass: ThrottlerGuard }] : [])],
    };
  }
}
