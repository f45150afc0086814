import { baseEnv, loadConfig } from '@viernes/platform';
import { z } from 'zod';
import { encodeEnv } from './encode/encode.config.js';
import { workerEnv } from './lease/worker.config.js';
import { sandboxEnv } from './sandbox/sandbox.config.js';

export const Env = z.object({ ...baseEnv, ...workerEnv, ...sandboxEnv, ...encodeEnv });

export type TranscoderConfig = Readonly<z.infer<typeof Env>>;

/** @throws Error that lists every invalid setting */
export function readConfig(env: NodeJS.ProcessEnv): TranscoderConfig {
  return loadConfig(Env, env);
}
