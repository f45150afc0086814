import { resolveSeaweed } from '../backing/native/programs.ts';
import { startBackingServices } from '../backing/start-backing-services.ts';
import { freePorts, type Ports } from '../settings.ts';
import { resolveBrowser } from './browser.ts';
import { filmPath } from './film-path.ts';

export interface TestBacking {
  readonly ports: Ports;
  /** What jest's tests are told: addresses, ffmpeg, ffprobe, the browser, SeaweedFS, a film. */
  readonly env: Readonly<Record<string, string>>;
}

/** Runs `work` on backing services of its own, on free ports, and stops them after it. */
export async function withBacking<Result>(
  home: string,
  work: (backing: TestBacking) => Promise<Result>,
): Promise<Result> {
  const ports = await freePorts();
  const onProgress = (part: string, text: string) => console.log(`       ${part.padEnd(11)} ${text}`);
  // First, because it says at once what is missing; apt-get would also wait for itself.
  const browser = await resolveBrowser((text) => onProgress('browser', text));
  const weed = await resolveSeaweed(onProgress);
  const backing = await startBackingServices({ home, ports, onProgress });
  try {
    const film = filmPath();
    const given: Record<string, string> = film === undefined ? {} : { FILM_PATH: film };
    return await work({ ports, env: { ...backing.env, BROWSER_PATH: browser, WEED_PATH: weed, ...given } });
  } finally {
    await backing.stop();
  }
}
