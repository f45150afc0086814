import { newTraceId, runInContext } from '@viernes/platform';

/**
 * Measures calls per second. Each of the concurrent callers starts a call when its previous one has finished. A caller has
 * the context of a request, as in the edge.
 *
 * @throws the error of a call
 */
export async function measureCallRate(
  call: () => Promise<unknown>,
  { callers, durationMs }: { readonly callers: number; readonly durationMs: number },
): Promise<number> {
  const startedAt = performance.now();
  let count = 0;
  const caller = async (): Promise<void> => {
    for (; performance.now() - startedAt < durationMs; count += 1) await call();
  };
  await Promise.all(Array.from({ length: callers }, () => runInContext({ traceId: newTraceId() }, caller)));
  return (count * 1_000) / (performance.now() - startedAt);
}
