import { flag, grpcTarget } from '@viernes/platform';
import { z } from 'zod';

export const upstreamEnv = {
  CATALOG_ADDRESS: grpcTarget,
  /** A second version of catalog on the same database. */
  CATALOG_CANARY_ADDRESS: grpcTarget.optional(),
  /** Share of the callers whose calls go to the canary, 0 to 100. */
  CATALOG_CANARY_PERCENT: z.coerce.number().min(0).max(100).default(0),
  /** Whether clients choose by `Viernes-Canary: always` or `never`. */
  CATALOG_CANARY_HEADER: flag,
  USER_ADDRESS: grpcTarget,
  VIDEO_ADDRESS: grpcTarget,
};

export type UpstreamConfig = Readonly<z.infer<z.ZodObject<typeof upstreamEnv>>>;

/** Without an address, the other settings of the canary would silently have no effect. */
export function hasCanaryAddress(config: UpstreamConfig): boolean {
  const { CATALOG_CANARY_ADDRESS, CATALOG_CANARY_PERCENT, CATALOG_CANARY_HEADER } = config;
  return CATALOG_CANARY_ADDRESS !== undefined || (CATALOG_CANARY_PERCENT === 0 && !CATALOG_CANARY_HEADER);
}
