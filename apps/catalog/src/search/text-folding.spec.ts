import { CodedError } from '@viernes/contracts';
import type { Reads } from '@viernes/database';
import { currentContext, newTraceId, runInContext } from '@viernes/platform';
import { TextFolding } from './text-folding.js';

describe('TextFolding', () => {
  it('reads the letters without the deadline of the first caller, because other callers wait for them', async () => {
    const run = async (_statement: unknown, [texts]: readonly (readonly string[])[]) => {
      await Promise.resolve();
      if ((currentContext().deadlineAt ?? Infinity) <= Date.now()) throw new CodedError('DEADLINE_EXCEEDED');
      return [{ folded: texts }];
    };
    const folding = new TextFolding({ run } as unknown as Reads);
    const expiring = runInContext({ traceId: newTraceId(), deadlineAt: Date.now() }, () => folding.fold('é'));
    const [, other] = await Promise.allSettled([expiring, folding.fold('É')]);
    expect(other.status).toBe('fulfilled');
  });
});
