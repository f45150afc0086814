import { Controller } from '@nestjs/common';
import { CodedError, ERRORS } from '@viernes/contracts';
import { codeOfSlug, Handles, Input, type ResponseOf, type InputOf } from '@viernes/gateway';
import { openApiDocument } from './document.js';
import { getOpenApi, getProblemType } from './openapi.operations.js';
import { OPERATIONS } from './operations.js';

@Controller()
export class OpenApiController {
  private document: ResponseOf<typeof getOpenApi> | undefined;

  /** Made when first asked for: most processes never are, and it is worth some megabytes. */
  @Handles(getOpenApi)
  openApi(): ResponseOf<typeof getOpenApi> {
    return (this.document ??= openApiDocument(OPERATIONS));
  }

  @Handles(getProblemType)
  problemType(@Input(getProblemType) { params }: InputOf<typeof getProblemType>): ResponseOf<typeof getProblemType> {
    const code = codeOfSlug(params.type);
    if (!code) throw new CodedError('ROUTE_NOT_FOUND', { problem: params.type });
    const { title, http, retry } = ERRORS[code];
    return { type: `/problems/${params.type}`, code, title, status: http, retry };
  }
}
