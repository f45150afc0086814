import type { Observable } from 'rxjs';

/**
 * Iterates the values of an observable. Unsubscribes when the iteration ends.
 *
 * @param signal ends the iteration without an error, and without the values that are not read yet
 * @throws the error of the observable, after all earlier values
 */
export async function* readObservable<Value>(source: Observable<Value>, signal: AbortSignal): AsyncGenerator<Value> {
  const values: Value[] = [];
  let outcome: { readonly error?: unknown } | undefined;
  let wake = (): void => undefined;
  const end = (result: { readonly error?: unknown }): void => {
    outcome = result;
    wake();
  };
  const stop = (): void => wake();
  signal.addEventListener('abort', stop, { once: true });
  const subscription = source.subscribe({
    next: (value) => {
      values.push(value);
      wake();
    },
    error: (error: unknown) => end({ error }),
    complete: () => end({}),
  });
  try {
    while (!signal.aborted) {
      for (const value of values.splice(0)) {
        if (signal.aborted) return;
        yield value;
      }
      if (values.length > 0 || signal.aborted) continue;
      if (outcome && 'error' in outcome) throw outcome.error;
      if (outcome) return;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal.removeEventListener('abort', stop);
    subscription.unsubscribe();
  }
}
