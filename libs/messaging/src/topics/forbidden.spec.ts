import { unlessForbidden } from './kafka-topic-admin.js';

describe('a broker that lets an account only read and write', () => {
  it.each(['TOPIC_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED'])(
    'may say %s, and the service works',
    (type) => {
      expect(unlessForbidden('as it is')(Object.assign(new Error(type), { type }))).toBe('as it is');
    },
  );

  it.each([new Error('gone'), Object.assign(new Error('other'), { type: 'REQUEST_TIMED_OUT' }), 'no error'])(
    'is told of everything else: %s',
    (error) => {
      expect(() => unlessForbidden('as it is')(error)).toThrow(error instanceof Error ? error : undefined);
    },
  );
});
