import { AddressRanges } from './address-ranges.js';
import { isWebhookUrl } from './webhook-url.js';

const NONE = AddressRanges.parse('');

describe('isWebhookUrl', () => {
  it.each([
    'https://example.com/hooks',
    'https://example.com:8443/?a=1',
    'https://1.1.1.1/',
    'https://[2606:4700::1]/',
  ])('accepts %s', (url) => expect(isWebhookUrl(url, NONE)).toBe(true));

  it.each([
    ...['http://example.com/', 'ftp://example.com/', 'javascript:alert(1)', 'example.com', 'https://'],
    ...['https://user:secret@example.com/', 'https://example.com/#part'],
    ...['https://127.0.0.1/', 'https://2130706433/', 'https://0x7f.1/', 'https://[::1]/', 'https://[::ffff:7f00:1]/'],
    ...['https://169.254.169.254/latest/meta-data', 'http://1.1.1.1/'],
  ])('rejects %s', (url) => expect(isWebhookUrl(url, NONE)).toBe(false));

  it('accepts allowed addresses, even without TLS', () => {
    const allowed = AddressRanges.parse('127.0.0.0/8');
    const urls = ['http://127.0.0.1:9000/', 'https://127.0.0.1/', 'http://localhost:9000/', 'http://10.0.0.1/'];
    expect(urls.map((url) => isWebhookUrl(url, allowed))).toEqual([true, true, true, false]);
  });
});
