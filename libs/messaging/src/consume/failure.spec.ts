import { CodedError } from '@viernes/contracts';
import { PermanentError } from '../event/event-handler.js';
import { UndecodableError } from './decode-event.js';
import { failureKind, failureReason } from './failure.js';

describe('failureKind', () => {
  const database = { dependency: 'database' };

  it.each([
    ['database', new CodedError('DEPENDENCY_UNAVAILABLE', database)],
    ['database', new CodedError('OVERLOADED', database)],
    ['dependency', new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'S3' })],
    ['dependency', new CodedError('DEADLINE_EXCEEDED')],
    ['permanent', new PermanentError('no such country')],
    ['permanent', new UndecodableError('no event')],
    ['permanent', new CodedError('REQUEST_INVALID')],
    ['unexpected', new CodedError('DEADLINE_EXCEEDED', database)],
    ['unexpected', new CodedError('TITLE_NOT_PLAYABLE')],
    ['unexpected', new CodedError('INTERNAL')],
    ['unexpected', new TypeError('undefined is not a function')],
    ['unexpected', 'a text'],
  ])('the failure kind is %s for %s', (kind, error) => {
    expect(failureKind(error)).toBe(kind);
  });
});

describe('failureReason', () => {
  it('contains the code or class of the error and a limited message without NUL', () => {
    expect(failureReason(new CodedError('TITLE_NOT_FOUND', { titleId: 't' }))).toMatchObject({
      errorCode: 'TITLE_NOT_FOUND',
      errorMessage: 'TITLE_NOT_FOUND {"titleId":"t"}',
    });
    const { errorCode, errorMessage } = failureReason(new RangeError(`\0${'x'.repeat(2_000)}`));
    expect([errorCode, errorMessage]).toEqual(['RangeError', 'x'.repeat(1_000)]);
    expect(failureReason(undefined)).toMatchObject({ errorCode: 'Error', errorMessage: 'undefined' });
  });

  it('errors from the same line with different messages have the same stack hash, errors from another line do not', () => {
    const here = (message: string): Error => new Error(message);
    const there = (message: string): Error => new Error(message);
    const hash = (error: Error): string => failureReason(error).stackHash;
    const [first = '', second] = ['one', 'two'].map((message) => hash(here(message)));
    expect(second).toBe(first);
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    expect(hash(there('one'))).not.toBe(first);
  });
});
