import { baseEnv, loadConfig, postgresUrl } from '@viernes/platform';
import { readConfig as readEdgeConfig } from '@viernes/edge/config';
import { composeService as composeCatalog } from '@viernes/catalog/service';
import { composeService as composeUser } from '@viernes/user/service';
import { composeService as composeVideo } from '@viernes/video/service';
import { z } from 'zod';

/** The settings of the process and of the databases. All others are those of the apps, with the same names. */
export const Env = z.object({
  ...baseEnv,
  CATALOG_DATABASE_URL: postgresUrl,
  USER_DATABASE_URL: postgresUrl,
  VIDEO_DATABASE_URL: postgresUrl,
});

/** The apps require these addresses, but in one process, nothing listens on them or connects to them. */
const UNUSED_ADDRESSES = {
  GRPC_ADDRESS: '127.0.0.1:0',
  CATALOG_ADDRESS: 'dns:///127.0.0.1:0',
  USER_ADDRESS: 'dns:///127.0.0.1:0',
  VIDEO_ADDRESS: 'dns:///127.0.0.1:0',
};

export type MonolithConfig = ReturnType<typeof readConfig>;

/** @throws Error that lists all invalid settings of the first app that has one */
export function readConfig(env: NodeJS.ProcessEnv) {
  const config = loadConfig(Env, env);
  const { CATALOG_DATABASE_URL, USER_DATABASE_URL, VIDEO_DATABASE_URL } = config;
  const shared = { ...env, ...UNUSED_ADDRESSES };
  const edge = readEdgeConfig(shared);
  if (edge.CATALOG_CANARY_ADDRESS !== undefined) {
    throw new Error('CATALOG_CANARY_ADDRESS has no effect in one process. Unset it, or run the apps as services.');
  }
  return {
    ...config,
    edge,
    catalog: composeCatalog({ ...shared, DATABASE_URL: CATALOG_DATABASE_URL }),
    user: composeUser({ ...shared, DATABASE_URL: USER_DATABASE_URL }),
    video: composeVideo({ ...shared, DATABASE_URL: VIDEO_DATABASE_URL }),
  };
}
