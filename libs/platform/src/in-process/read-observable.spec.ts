import { concat, of, Subject, throwError } from 'rxjs';
import { readObservable } from './read-observable.js';

describe('readObservable', () => {
  it('iterates all values, and throws the error that follows them', async () => {
    const source = concat(
      of(1, 2),
      throwError(() => new Error('lost')),
    );
    const seen: number[] = [];
    const read = async () => {
      for await (const value of readObservable(source, new AbortController().signal)) seen.push(value);
    };
    await expect(read()).rejects.toThrow('lost');
    expect(seen).toEqual([1, 2]);
  });

  it('ends and unsubscribes when its signal aborts, without the values that are not read yet', async () => {
    const stopping = new AbortController();
    const rest = new Subject<number>();
    const seen: number[] = [];
    for await (const value of readObservable(concat(of(1, 2, 3), rest), stopping.signal)) {
      seen.push(value);
      stopping.abort();
    }
    expect(seen).toEqual([1]);
    expect(rest.observed).toBe(false);
  });
});
