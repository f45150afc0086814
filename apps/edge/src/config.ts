import { baseEnv, grpcTarget, hostPort, loadConfig } from '@viernes/platform';
import { z } from 'zod';

const wordList = z
  .string()
  .default('')
  .transform((text) => text.split(/\s+/).filter((word) => word !== ''));

const perMinute = (points: number) => z.coerce.number().int().min(1).default(points);

export const Env = z.object({
  ...baseEnv,
  HTTP_ADDRESS: hostPort,
  /** Clients are asked to connect anew this often, so that they find pods which were added; 0 for never. */
  HTTP_MAX_CONNECTION_AGE_MS: z.coerce.number().int().min(0).default(5_000),
  CATALOG_ADDRESS: grpcTarget,
  USER_ADDRESS: grpcTarget,
  VIDEO_ADDRESS: grpcTarget,
  VALKEY_URL: z.url({ protocol: /^(redis|valkey)s?$/ }),
  /** Folder of the built web app. */
  WEB_ROOT: z.string().min(1),
  /** Space-separated origins that the browser may fetch films from and send parts to. */
  MEDIA_ORIGINS: wordList.pipe(z.array(z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin))),
  /** Space-separated addresses or networks of proxies whose X-Forwarded-* headers are believed. */
  TRUSTED_PROXIES: wordList,
  /** Uses a minute. Generous: a page with a player makes some hundreds. */
  RATE_LIMIT_GENERAL_PER_MINUTE: perMinute(6_000),
  RATE_LIMIT_SIGN_IN_PER_MINUTE: perMinute(10),
  RATE_LIMIT_SIGN_IN_PER_IP_PER_MINUTE: perMinute(30),
  RATE_LIMIT_SIGN_UP_PER_IP_PER_MINUTE: perMinute(30),
});

export type EdgeConfig = Readonly<z.infer<typeof Env>>;

/** @throws Error that lists every fault of the settings */
export function readConfig(env: NodeJS.ProcessEnv): EdgeConfig {
  return loadConfig(Env, env);
}
