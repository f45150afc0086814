import { transcodeV1, videoV1 } from '@viernes/contracts';
import { MESSAGING_DEFINITIONS } from '@viernes/messaging';
import { runGrpcService } from '@viernes/platform';
import { readConfig } from './config.js';
import { VideoModule } from './video.module.js';

const config = readConfig(process.env);

await runGrpcService({
  name: 'video',
  config,
  module: VideoModule.forConfig(config),
  definitions: { 'viernes.video.v1.VideoService': videoV1.VideoServiceService, ...MESSAGING_DEFINITIONS },
  workers: {
    address: config.WORKER_GRPC_ADDRESS,
    definitions: { 'viernes.video.v1.TranscodeService': transcodeV1.TranscodeServiceService },
  },
});
