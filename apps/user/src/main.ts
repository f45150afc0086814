import { runGrpcService } from '@viernes/platform';
import { readService } from './service.js';

await runGrpcService(readService(process.env));
