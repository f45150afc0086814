import { z } from 'zod';

const perMinute = (points: number) => z.coerce.number().int().min(1).default(points);

export const gatewayEnv = {
  VALKEY_URL: z.url({ protocol: /^(redis|valkey)s?$/ }),
  /** Requests per minute. A page with a player sends some hundreds. */
  RATE_LIMIT_GENERAL_PER_MINUTE: perMinute(6_000),
  RATE_LIMIT_SIGN_IN_PER_MINUTE: perMinute(10),
  RATE_LIMIT_SIGN_IN_PER_IP_PER_MINUTE: perMinute(30),
  RATE_LIMIT_SIGN_UP_PER_IP_PER_MINUTE: perMinute(30),
  RATE_LIMIT_UNKNOWN_API_KEY_PER_IP_PER_MINUTE: perMinute(30),
};

const gatewaySettings = z.object(gatewayEnv);

export type GatewayConfig = Readonly<z.infer<typeof gatewaySettings>>;
