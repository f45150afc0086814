import { transcodeV1, videoV1 } from '@viernes/contracts';
import { MESSAGING_DEFINITIONS } from '@viernes/messaging';
import type { GrpcServiceOptions } from '@viernes/platform';
import { readConfig } from './config.js';
import { VideoModule } from './video.module.js';

/** Composes the service, for a separate process and for the monolith. @throws Error that lists all invalid settings */
export function composeService(env: NodeJS.ProcessEnv): GrpcServiceOptions {
  const config = readConfig(env);
  return {
    name: 'video',
    config,
    module: VideoModule.forConfig(config),
    definitions: { 'viernes.video.v1.VideoService': videoV1.VideoServiceService, ...MESSAGING_DEFINITIONS },
    workers: {
      address: config.WORKER_GRPC_ADDRESS,
      definitions: { 'viernes.video.v1.TranscodeService': transcodeV1.TranscodeServiceService },
    },
  };
}
