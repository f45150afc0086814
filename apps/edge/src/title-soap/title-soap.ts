import type { SoapService } from '@viernes/gateway';
import { z } from 'zod';
import { listTitles, TITLE_ORDERS } from '../title-list/title-list.operations.js';
import { getTitle } from '../title/title.operations.js';
import { title, titleDetails, titleKind } from '../title/title.schema.js';

const texts = z.array(z.string()).optional();

const details = titleDetails.omit({ seasons: true, related: true }).meta({ id: 'SoapTitleDetails' });
const listed = title.omit({ credits: true }).meta({ id: 'SoapTitle' });

/** The operations for SOAP clients, with the names of the HTTP API. */
export const titleSoap: SoapService = {
  name: 'TitleService',
  path: '/soap/catalog',
  namespace: 'urn:viernes:catalog:v1',
  methods: [
    {
      name: 'GetTitle',
      operation: getTitle,
      request: z.object({ id: z.string() }),
      response: z.object({ title: details }),
      toResponse: (body) => ({ title: body }),
    },
    {
      name: 'ListTitles',
      operation: listTitles,
      request: z.object({
        query: z.string().optional(),
        kind: titleKind.optional(),
        genre: texts,
        country: texts,
        language: texts,
        yearFrom: z.int().optional(),
        yearTo: z.int().optional(),
        playable: z.boolean().optional(),
        sort: z.enum(TITLE_ORDERS).optional(),
        includeTotal: z.boolean().optional(),
        pageSize: z.int().optional(),
        cursor: z.string().optional(),
      }),
      response: listTitles.success.schema.omit({ highlights: true }).extend({ titles: z.array(listed) }),
    },
  ],
};
