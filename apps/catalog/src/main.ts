import { runGrpcService } from '@viernes/platform';
import { composeService } from './service.js';

await runGrpcService(composeService(process.env));
