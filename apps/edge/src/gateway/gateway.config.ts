import { planSettings, WEB_SOCKET_LIMITS } from '@viernes/gateway';
import { z } from 'zod';

const perMinute = (points: number) => z.coerce.number().int().min(1).default(points);

function parseJson(text: string, { issues }: z.core.$RefinementCtx<string>): unknown {
  try {
    return JSON.parse(text);
  } catch {
    issues.push({ code: 'custom', input: text, message: 'must be JSON' });
    return z.NEVER;
  }
}

export const gatewayEnv = {
  VALKEY_URL: z.url({ protocol: /^(redis|valkey)s?$/ }),
  /** JSON of all plans by name. A page with a player sends several hundred requests. */
  PLANS: z
    .string()
    .default(
      JSON.stringify({
        anonymous: { rate: 100, burst: 6_000 },
        account: { rate: 100, burst: 6_000 },
        partner: { rate: 500, burst: 30_000, callsPerMonth: 10_000_000, keyShare: 0.5 },
      }),
    )
    .transform(parseJson)
    .pipe(planSettings),
  /** Maximum number of open WebSockets of the process. */
  WEB_SOCKET_MAX_CONNECTIONS: z.coerce.number().int().min(1).default(WEB_SOCKET_LIMITS.connections),
  /**
   * Maximum number of messages per second of one connection. A burst can have twice as many. Each message of /v1/rpc
   * also counts toward the plan.
   */
  WEB_SOCKET_MESSAGES_PER_SECOND: z.coerce.number().int().min(1).default(WEB_SOCKET_LIMITS.messagesPerSecond),
  /** Maximum number of open WebSockets of an account in the process. Without an account, of an IP address. */
  WEB_SOCKET_MAX_CONNECTIONS_PER_ACCOUNT: z.coerce
    .number()
    .int()
    .min(1)
    .default(WEB_SOCKET_LIMITS.connectionsPerCaller),
  RATE_LIMIT_SIGN_IN_PER_MINUTE: perMinute(10),
  RATE_LIMIT_SIGN_IN_PER_IP_PER_MINUTE: perMinute(30),
  RATE_LIMIT_SIGN_UP_PER_IP_PER_MINUTE: perMinute(30),
  RATE_LIMIT_UNKNOWN_API_KEY_PER_IP_PER_MINUTE: perMinute(30),
};

export type GatewayConfig = Readonly<z.infer<z.ZodObject<typeof gatewayEnv>>>;
