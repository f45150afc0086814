import { toDevice } from './device.js';

describe('toDevice', () => {
  it.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      { browser: 'Firefox', system: 'Linux', type: 'desktop' },
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
      { browser: 'Safari', system: 'iOS', type: 'mobile' },
    ],
    ['', { browser: null, system: null, type: null }],
    [' '.repeat(300), { browser: null, system: null, type: null }],
  ])('recognizes the user agent %j', (userAgent, device) => {
    expect(toDevice(userAgent)).toEqual(device);
  });
});
