import { runGrpcService } from '@viernes/platform';
import { readConfig } from './config.js';
import { videoService } from './video-service.js';

await runGrpcService({ name: 'video', ...videoService(readConfig(process.env)) });
