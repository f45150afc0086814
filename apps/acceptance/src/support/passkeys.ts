import type { CDPSession, Page } from 'playwright-core';
import { config } from '../config.js';

/** Returns a URL of the platform under test at a domain, because WebAuthn accepts no IP addresses. */
export function atDomain(path: string): string {
  const url = new URL(path, config.edgeUrl);
  if (url.hostname === '127.0.0.1') url.hostname = 'localhost';
  return url.href;
}

/** Connects a page to a virtual authenticator, which confirms all its requests. */
export async function connectAuthenticator(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return session;
}
