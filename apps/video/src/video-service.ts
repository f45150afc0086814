import { transcodeV1, videoV1 } from '@viernes/contracts';
import { MESSAGING_DEFINITIONS } from '@viernes/messaging';
import type { GrpcServiceOptions } from '@viernes/platform';
import type { VideoConfig } from './config.js';
import { VideoModule } from './video.module.js';

/** What this service is and answers where: the edge's calls on one port, the workers' on another. */
export function videoService(config: VideoConfig): Omit<GrpcServiceOptions, 'name'> {
  return {
    config,
    module: VideoModule.forConfig(config),
    definitions: { 'viernes.video.v1.VideoService': videoV1.VideoServiceService, ...MESSAGING_DEFINITIONS },
    workers: {
      address: config.WORKER_GRPC_ADDRESS,
      definitions: { 'viernes.video.v1.TranscodeService': transcodeV1.TranscodeServiceService },
    },
  };
}
