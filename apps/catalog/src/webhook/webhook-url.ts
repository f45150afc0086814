import { isIP } from 'node:net';
import { CodedError } from '@viernes/contracts';
import { isPublicAddress, type AddressRanges } from './address-ranges.js';

/**
 * Returns whether a webhook can have this URL. The URL must use HTTPS and contain neither credentials nor a fragment. If
 * its host is an IP address, the address must be public. The sender checks the addresses to which a name resolves.
 *
 * @param allowed IP addresses that need neither be public nor use HTTPS. If there are any, names do not need HTTPS either,
 *   because they can resolve to one of them
 */
export function isWebhookUrl(text: string, allowed: AddressRanges): boolean {
  const url = URL.parse(text);
  if (!url || url.username !== '' || url.password !== '' || url.hash !== '') return false;
  const address = toAddress(url);
  const isAllowed = address === undefined ? !allowed.isEmpty : allowed.contains(address);
  if (url.protocol === 'http:') return isAllowed;
  return url.protocol === 'https:' && (isAllowed || address === undefined || isPublicAddress(address));
}

/** Returns the host of a URL if it is an IP address. The parser has normalized forms such as `0x7f.1`. */
export function toAddress({ hostname }: URL): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? undefined : host;
}

/** @throws CodedError REQUEST_INVALID */
export function assertWebhookUrl(url: string, allowed: AddressRanges): void {
  if (isWebhookUrl(url, allowed)) return;
  throw new CodedError('REQUEST_INVALID', {}, { fieldErrors: [{ path: 'url', reason: 'webhookUrl' }] });
}
