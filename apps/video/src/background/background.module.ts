import { Global, Module, type DynamicModule } from '@nestjs/common';
import { BACKGROUND_CONFIG, type BackgroundConfig } from './background.config.js';
import { CleanupScheduler } from './cleanup-scheduler.js';

@Global()
@Module({})
export class BackgroundModule {
  static forRoot(config: BackgroundConfig): DynamicModule {
    return {
      module: BackgroundModule,
      providers: [{ provide: BACKGROUND_CONFIG, useValue: config }, CleanupScheduler],
      exports: [CleanupScheduler],
    };
  }
}
