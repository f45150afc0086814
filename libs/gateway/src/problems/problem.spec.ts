import { NotFoundException, UnsupportedMediaTypeException } from '@nestjs/common';
import { CodedError, ERRORS, type ErrorCode } from '@viernes/contracts';
import { codedErrorOf } from './foreign-errors.js';
import { fromSlug, toProblem, toSlug } from './problem.js';

describe('a problem', () => {
  it('has a type for each code, and a code for each type', () => {
    for (const code of Object.keys(ERRORS) as ErrorCode[]) expect(fromSlug(toSlug(code))).toBe(code);
    expect(fromSlug('title_not_found')).toBeUndefined();
    expect(fromSlug('to-string')).toBeUndefined();
  });

  it('keeps the query to itself', () => {
    const problem = toProblem('TITLE_NOT_FOUND', { url: '/v1/titles/1?token=secret', traceId: 'a' });
    expect(problem).toEqual({
      type: '/problems/title-not-found',
      title: 'The title does not exist',
      status: 404,
      code: 'TITLE_NOT_FOUND',
      instance: '/v1/titles/1',
      traceId: 'a',
    });
  });
});

describe('errors of others', () => {
  const numbered = (statusCode: number): Error => Object.assign(new Error('inside'), { statusCode });

  it('become codes by their status', () => {
    expect(codedErrorOf(new NotFoundException()).code).toBe('ROUTE_NOT_FOUND');
    expect(codedErrorOf(new UnsupportedMediaTypeException()).code).toBe('MEDIA_TYPE_UNSUPPORTED');
    expect(codedErrorOf(numbered(413)).code).toBe('BODY_TOO_LARGE');
    expect(codedErrorOf(numbered(422)).code).toBe('REQUEST_INVALID');
    expect(codedErrorOf(numbered(500)).code).toBe('INTERNAL');
  });

  it('keep their cause for the log', () => {
    const error = new TypeError('x is undefined');
    expect(codedErrorOf(error)).toMatchObject({ code: 'INTERNAL', cause: error });
    expect(codedErrorOf('thrown text')).toMatchObject({ code: 'INTERNAL', cause: 'thrown text' });
    const coded = new CodedError('FORBIDDEN');
    expect(codedErrorOf(coded)).toBe(coded);
  });
});
