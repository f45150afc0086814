import getPort from 'get-port';
import { randomInt } from 'node:crypto';
import { z } from 'zod';

const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback);

/** Every port that the platform opens on loopback. Each has an environment variable of the same name. */
export const portSettings = z.object({
  EDGE_PORT: port(8400),
  CATALOG_PORT: port(8401),
  USER_PORT: port(8402),
  VIDEO_PORT: port(8403),
  VIDEO_WORKER_PORT: port(8404),
  EDGE_GRPC_PORT: port(8405),
  EDGE_HEALTH_PORT: port(8410),
  CATALOG_HEALTH_PORT: port(8411),
  USER_HEALTH_PORT: port(8412),
  VIDEO_HEALTH_PORT: port(8413),
  TRANSCODER_HEALTH_PORT: port(8414),
  POSTGRES_PORT: port(8420),
  KAFKA_PORT: port(8421),
  KAFKA_CONTROLLER_PORT: port(8422),
  S3_PORT: port(8423),
  VALKEY_PORT: port(8424),
});

export type Ports = Readonly<z.infer<typeof portSettings>>;

/** Environment variables of a process. */
export type Environment = Readonly<Record<string, string>>;

/** @throws Error that lists all invalid ports */
export function readPorts(env: NodeJS.ProcessEnv): Ports {
  const parsed = portSettings.safeParse(env);
  if (!parsed.success) throw new Error(`Invalid settings:\n${z.prettifyError(parsed.error)}`);
  const names = new Map<number, string>();
  for (const [name, number] of Object.entries(parsed.data)) {
    const other = names.get(number);
    if (other !== undefined) throw new Error(`Invalid settings:\n${name} and ${other} are both ${number}.`);
    names.set(number, name);
  }
  return Object.freeze(parsed.data);
}

/** Returns the ports of some apps or backing services. Each setting starts with the name of its process. */
export function portsOf(names: readonly string[], ports: Ports): Readonly<Record<string, number>> {
  const isOfThese = (setting: string) => names.some((name) => setting.startsWith(`${name.toUpperCase()}_`));
  return Object.fromEntries(Object.entries(ports).filter(([setting]) => isOfThese(setting)));
}

/**
 * Finds unused ports, for a platform next to others. Call it immediately before the platform starts.
 *
 * @param reserved ports of a platform that does not listen yet
 */
export async function freePorts(reserved: readonly number[] = []): Promise<Ports> {
  const ports: Record<string, number> = {};
  for (const name of Object.keys(portSettings.shape))
    ports[name] = await getPort({
      host: '127.0.0.1',
      // The system does not assign these to outgoing connections, which could use a port before the process listens.
      port: Array.from({ length: 20 }, () => randomInt(10_000, 20_000)),
      exclude: [...reserved, ...Object.values(ports)],
    });
  return Object.freeze(portSettings.parse(ports));
}

/** Lists the variables and their defaults for the help text. */
export function describePorts(): string {
  return Object.entries(portSettings.parse({}))
    .map(([name, fallback]) => `  ${name.padEnd(24)}${fallback}`)
    .join('\n');
}
