import { Global, Module } from '@nestjs/common';
import { ViewerReads } from './viewer-reads.js';

@Global()
@Module({ providers: [ViewerReads], exports: [ViewerReads] })
export class AudienceModule {}
