import { backing } from '@viernes/testing';

/**
 * Settings of an edge that receives more requests than the default limit allows. All tests have the same IP address, so
 * this edge counts in another database of Valkey. Otherwise, its requests would use up the limit of other tests.
 */
export const RAISED_LIMIT = {
  VALKEY_URL: new URL('/2', backing().valkeyUrl).href,
  RATE_LIMIT_GENERAL_PER_MINUTE: '10000000',
};
