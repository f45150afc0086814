import { CodedError } from '@viernes/contracts';
import { PermanentError, UndecodableError } from '../port/permanent-error.js';
import { failureKind, failureReason } from './failure.js';

describe('an error of a handler', () => {
  const database = { dependency: 'database' };

  it.each([
    ['hold', new CodedError('DEPENDENCY_UNAVAILABLE', database)],
    ['hold', new CodedError('OVERLOADED', database)],
    ['away', new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'S3' })],
    ['away', new CodedError('DEADLINE_EXCEEDED')],
    ['permanent', new PermanentError('no such country')],
    ['permanent', new UndecodableError('no event')],
    ['permanent', new CodedError('REQUEST_INVALID')],
    ['fault', new CodedError('DEADLINE_EXCEEDED', database)],
    ['fault', new CodedError('TITLE_NOT_PLAYABLE')],
    ['fault', new CodedError('INTERNAL')],
    ['fault', new TypeError('undefined is not a function')],
    ['fault', 'a text'],
  ])('is %s: %s', (kind, error) => {
    expect(failureKind(error)).toBe(kind);
  });

  it('is told with its code or class, a bounded message and no NUL', () => {
    expect(failureReason(new CodedError('TITLE_NOT_FOUND', { titleId: 't' }))).toMatchObject({
      code: 'TITLE_NOT_FOUND',
      message: 'TITLE_NOT_FOUND {"titleId":"t"}',
    });
    const { code, message } = failureReason(new RangeError(`\0${'x'.repeat(2_000)}`));
    expect([code, message]).toEqual(['RangeError', 'x'.repeat(1_000)]);
    expect(failureReason(undefined)).toMatchObject({ code: 'Error', message: 'undefined' });
  });

  it('has the hash of its stack: equal at one place whatever the message, different at another', () => {
    const here = (message: string): Error => new Error(message);
    const there = (message: string): Error => new Error(message);
    const hashOf = (error: Error): string => failureReason(error).stackHash;
    const [first = '', second] = ['one', 'two'].map((message) => hashOf(here(message)));
    expect(second).toBe(first);
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    expect(hashOf(there('one'))).not.toBe(first);
  });
});
