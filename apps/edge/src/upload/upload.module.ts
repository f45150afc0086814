import { Module } from '@nestjs/common';
import { UploadPartProxy } from './upload-part-proxy.js';
import { UploadController } from './upload.controller.js';

@Module({ controllers: [UploadController], providers: [UploadPartProxy] })
export class UploadModule {}
