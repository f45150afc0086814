import { CodedError, type videoV1 } from '@viernes/contracts';
import type { WebSocketConnection } from '@viernes/gateway';
import { eventually } from '@viernes/testing';
import type { VideoClient } from '../upstream/upstream.js';
import type { joinParty } from './party.operations.js';
import { PartyStream } from './party-stream.js';

describe('PartyStream', () => {
  it('joins again after the shortest delay each time an accepted stream breaks', async () => {
    let joins = 0;
    const video = {
      async *joinParty(): AsyncGenerator<videoV1.JoinPartyResponse> {
        joins += 1;
        yield { message: { $case: 'pong', pong: { sentAtMs: 0, serverTimeMs: 0 } } };
        throw new CodedError('DEPENDENCY_UNAVAILABLE');
      },
    } as unknown as VideoClient;
    const closing = new AbortController();
    const connection = { closed: closing.signal, context: {}, send: vi.fn() } as unknown as WebSocketConnection<
      typeof joinParty
    >;
    // 60 ms before each retry. With growing delays, 12 of them would take 8 s.
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.3);
    const stream = new PartyStream(video, connection, { code: 'a', name: 'Ada', lastTextNumber: 0 }, { warn: vi.fn() });
    const running = stream.run();
    try {
      await eventually(() => joins > 12, { withinSeconds: 4 });
    } finally {
      closing.abort();
      await running;
      random.mockRestore();
    }
  });
});
