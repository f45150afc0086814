import { NotFoundException, UnsupportedMediaTypeException } from '@nestjs/common';
import { CodedError, ERRORS, type ErrorCode } from '@viernes/contracts';
import { fromFrameworkError } from './framework-errors.js';
import { fromSlug, toProblem, toSlug } from './problem.js';

describe('problem details', () => {
  it('returns one problem type per error code', () => {
    for (const code of Object.keys(ERRORS) as ErrorCode[]) expect(fromSlug(toSlug(code))).toBe(code);
    expect(fromSlug('title_not_found')).toBeUndefined();
    expect(fromSlug('to-string')).toBeUndefined();
  });

  it('omits the query of the request from a problem', () => {
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

describe('fromFrameworkError', () => {
  const withStatus = (statusCode: number): Error => Object.assign(new Error('internal'), { statusCode });

  it('maps errors of the frameworks to codes by their status', () => {
    expect(fromFrameworkError(new NotFoundException()).code).toBe('ROUTE_NOT_FOUND');
    expect(fromFrameworkError(new UnsupportedMediaTypeException()).code).toBe('MEDIA_TYPE_UNSUPPORTED');
    expect(fromFrameworkError(withStatus(413)).code).toBe('BODY_TOO_LARGE');
    expect(fromFrameworkError(withStatus(422)).code).toBe('REQUEST_INVALID');
    expect(fromFrameworkError(withStatus(500)).code).toBe('INTERNAL');
  });

  it('preserves the cause for the log', () => {
    const error = new TypeError('x is undefined');
    expect(fromFrameworkError(error)).toMatchObject({ code: 'INTERNAL', cause: error });
    expect(fromFrameworkError('thrown text')).toMatchObject({ code: 'INTERNAL', cause: 'thrown text' });
    const coded = new CodedError('FORBIDDEN');
    expect(fromFrameworkError(coded)).toBe(coded);
  });
});
