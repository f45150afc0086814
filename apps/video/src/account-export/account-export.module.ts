import { Module } from '@nestjs/common';
import { PlaybackSessionRepository } from '../playback/playback-session.repository.js';
import { UploadRepository } from '../upload/upload.repository.js';
import { AccountExportController } from './account-export.controller.js';

@Module({ controllers: [AccountExportController], providers: [PlaybackSessionRepository, UploadRepository] })
export class AccountExportModule {}
