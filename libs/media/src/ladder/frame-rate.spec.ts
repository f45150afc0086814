import { capFrameRate } from './frame-rate.js';

describe('capFrameRate', () => {
  it.each([
    ['24/1', '24/1'],
    ['30000/1001', '30000/1001'],
    ['30/1', '30/1'],
    ['30002/1000', '15001/500'],
    ['60/1', '30/1'],
    ['60000/1001', '30000/1001'],
    ['50/1', '25/1'],
    ['48/1', '24/1'],
    ['120/1', '30/1'],
    ['40/1', '30/1'],
    ['1/1', '10/1'],
  ])('caps %s to %s', (from, to) => {
    const [numerator = 0, denominator = 0] = from.split('/').map(Number);
    const capped = capFrameRate({ numerator, denominator });
    expect(`${capped.numerator}/${capped.denominator}`).toBe(to);
  });
});
