import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';
import { problem } from '../problem/problem.schema.js';
import { listTitles } from '../title-list/title-list.operations.js';
import { getTitle } from '../title/title.operations.js';

/** The operations that clients can call over a connection, by name. */
export const SOCKET_METHODS = { getTitle, listTitles } as const;

type MethodName = keyof typeof SOCKET_METHODS;

const METHOD_NAMES = Object.keys(SOCKET_METHODS) as [MethodName, ...MethodName[]];

const id = z.string().max(100);
const scalar = z.union([z.string(), z.number(), z.boolean()]);

export const openTitleSocket = defineOperation({
  operationId: 'openTitleSocket',
  method: 'GET',
  path: '/v1/rpc',
  tag: 'titles',
  summary: 'Read titles over a WebSocket, with concurrent requests',
  auth: 'optional',
  scope: 'catalog:read',
  isLong: true,
  webSocket: {
    clientMessage: z
      .strictObject({
        id: id.describe('Returned in the response'),
        method: z.enum(METHOD_NAMES).describe('An operation of this document'),
        params: z
          .record(z.string().max(100), z.union([scalar, z.array(scalar)]))
          .default({})
          .describe(
            'The parameters of the operation by name. The operation validates them, and its policies apply to each message',
          ),
      })
      .meta({ id: 'TitleSocketRequest' }),
    serverMessage: z
      .discriminatedUnion('type', [
        z.object({ type: z.literal('result'), id, result: z.unknown().describe('The response body of the operation') }),
        z.object({ type: z.literal('error'), id: id.optional(), problem }),
      ])
      .meta({ id: 'TitleSocketResponse' }),
  },
  success: { status: 101, description: 'The connection is now a WebSocket with JSON messages' },
  errors: [],
});

export const titleSocketOperations = [openTitleSocket];
