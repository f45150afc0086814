import { grpcTarget } from '@viernes/platform';
import { z } from 'zod';

export const upstreamEnv = {
  CATALOG_ADDRESS: grpcTarget,
  USER_ADDRESS: grpcTarget,
  VIDEO_ADDRESS: grpcTarget,
};

const upstreamSettings = z.object(upstreamEnv);

export type UpstreamConfig = Readonly<z.infer<typeof upstreamSettings>>;
