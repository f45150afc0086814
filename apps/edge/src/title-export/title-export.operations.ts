import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { pageQuery } from '../request/request-fields.js';
import { titleDetails } from '../title/title.schema.js';

export const exportTitles = defineOperation({
  operationId: 'exportTitles',
  method: 'GET',
  path: '/v1/title-exports',
  tag: 'titles',
  summary: 'List all titles with all fields, including titles that viewers cannot see, oldest first',
  priority: 'batch',
  auth: 'required',
  scope: 'catalog:read',
  role: 'editor',
  query: z.strictObject({
    source: z
      .string()
      .max(200)
      .regex(/^[^\u0000-\u001F\u007F]*$/)
      .optional()
      .describe('Only titles whose external ID begins with `<source>/`'),
    pageSize: pageQuery.pageSize,
    cursor: uuid.optional().describe('`nextCursor` of the previous page'),
  }),
  acceptsPosition: true,
  success: {
    status: 200,
    description: 'A page of titles',
    schema: z
      .object({ titles: z.array(titleDetails), nextCursor: uuid.nullable().describe('Null on the last page') })
      .meta({ id: 'TitleExportPage' }),
  },
  errors: [],
});

export const titleExportOperations = [exportTitles];
