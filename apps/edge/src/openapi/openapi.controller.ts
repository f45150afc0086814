import { Controller, Headers, Res } from '@nestjs/common';
import { CodedError, ERRORS } from '@viernes/contracts';
import { fromSlug, Handles, Input, selectLanguage, type ResponseOf, type InputOf } from '@viernes/gateway';
import { getProblemTitle } from '@viernes/translations';
import type { FastifyReply } from 'fastify';
import { buildDocument } from './document.js';
import { getOpenApi, getProblemType } from './openapi.operations.js';

@Controller()
export class OpenApiController {
  private document: ResponseOf<typeof getOpenApi> | undefined;

  /** Builds the document on the first request: it uses several megabytes, and most processes never serve it. */
  @Handles(getOpenApi)
  openApi(): ResponseOf<typeof getOpenApi> {
    return (this.document ??= buildDocument());
  }

  @Handles(getProblemType)
  problemType(
    @Input(getProblemType) { params }: InputOf<typeof getProblemType>,
    @Headers('accept-language') acceptLanguage: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): ResponseOf<typeof getProblemType> {
    const code = fromSlug(params.type);
    if (!code) throw new CodedError('ROUTE_NOT_FOUND', { problem: params.type });
    const { http, retry } = ERRORS[code];
    const language = selectLanguage(acceptLanguage);
    reply.headers({ 'content-language': language, vary: 'Accept, Accept-Language' });
    return { type: `/problems/${params.type}`, code, title: getProblemTitle(code, language), status: http, retry };
  }
}
