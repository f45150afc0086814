import type { LookupAddress } from 'node:dns';
import { isPublicAddress } from '../webhook/address-ranges.js';
import { AddressRejectedError, createCheckedLookup } from './checked-lookup.js';

const PUBLIC: LookupAddress = { address: '93.184.216.34', family: 4 };
const PRIVATE: LookupAddress = { address: '10.0.0.7', family: 4 };

/** Returns the addresses or the error that a connection receives. Each resolution returns the next list of addresses. */
function lookup(resolutions: readonly LookupAddress[][], options: { all?: boolean } = { all: true }): unknown {
  let calls = 0;
  let received: unknown;
  const checked = createCheckedLookup(isPublicAddress, (_name, _options, callback) => {
    callback(null, resolutions[calls++] ?? []);
  });
  checked('hooks.example.com', options, (error, ...addresses) => {
    received = error ?? addresses;
  });
  return received;
}

describe('the lookup of a connection', () => {
  it('returns the addresses that it has checked, not those of another resolution', () => {
    expect(lookup([[PUBLIC], [PRIVATE]])).toEqual([[PUBLIC]]);
    expect(lookup([[PUBLIC], [PRIVATE]], {})).toEqual([PUBLIC.address, 4]);
  });

  it('rejects a name with a private address, even next to public ones', () => {
    expect(lookup([[PRIVATE]])).toBeInstanceOf(AddressRejectedError);
    expect(lookup([[PUBLIC, PRIVATE]])).toBeInstanceOf(AddressRejectedError);
  });

  it('rejects a name without an address', () => {
    expect(lookup([[]])).toBeInstanceOf(AddressRejectedError);
  });
});
