import { resolveSeaweed } from '../backing/native/programs.ts';
import { startBackingServices } from '../backing/start-backing-services.ts';
import { freePorts, type Ports } from '../settings.ts';
import { resolveBrowser } from './browser.ts';

export interface TestBacking {
  readonly ports: Ports;
  /** What jest's tests are told: addresses, ffmpeg, ffprobe, the browser, SeaweedFS. */
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
    return await work({ ports, env: { ...backing.env, BROWSER_PATH: browser, WEED_PATH: weed } });
  } finally {
    await backing.stop();
  }
}
