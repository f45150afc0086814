import { unlessForbidden } from './kafka-topic-admin.js';

describe('unlessForbidden', () => {
  it.each(['TOPIC_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED'])('returns the fallback for %s', (type) => {
    expect(unlessForbidden('fallback')(Object.assign(new Error(type), { type }))).toBe('fallback');
  });

  it.each([new Error('gone'), Object.assign(new Error('other'), { type: 'REQUEST_TIMED_OUT' }), 'no error'])(
    'throws every other error: %s',
    (error) => {
      expect(() => unlessForbidden('fallback')(error)).toThrow(error instanceof Error ? error : undefined);
    },
  );
});
