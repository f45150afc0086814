import Bowser from 'bowser';
import { z } from 'zod';

const TYPES = ['desktop', 'mobile', 'tablet', 'tv'] as const;

/** Browsers choose their user agents freely, so a device is only a hint. */
export const device = z
  .object({
    browser: z.string().nullable().describe('Null if unknown'),
    system: z.string().nullable().describe('Operating system. Null if unknown'),
    type: z.enum(TYPES).nullable().describe('Null if unknown'),
  })
  .meta({ id: 'Device', examples: [{ browser: 'Firefox', system: 'Linux', type: 'desktop' }] });

export function toDevice(userAgent: string): z.infer<typeof device> {
  if (userAgent === '') return { browser: null, system: null, type: null };
  const { browser, os, platform } = Bowser.parse(userAgent);
  return {
    browser: browser.name || null,
    system: os.name || null,
    type: TYPES.find((type) => type === platform.type) ?? null,
  };
}
