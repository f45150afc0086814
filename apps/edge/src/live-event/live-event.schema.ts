import { LOG_POSITION } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';

const LIVE_TOPICS = ['titles', 'uploads', 'transcodes', 'session'] as const;

export type LiveTopic = (typeof LIVE_TOPICS)[number];

const topic = z.enum(LIVE_TOPICS).meta({ id: 'LiveTopic' });

const position = z.string().regex(LOG_POSITION);

const messageId = z.string().max(100).describe('Returned in the response to this message');

export const subscribe = z
  .strictObject({
    type: z.literal('subscribe'),
    id: messageId.optional(),
    topics: z
      .array(topic)
      .max(LIVE_TOPICS.length)
      .describe('Replaces the earlier topics. An empty list unsubscribes from all'),
    lastEventId: position.optional().describe('Also sends the events after this one'),
  })
  .meta({ id: 'SubscribeMessage' });

export type SubscribeMessage = z.infer<typeof subscribe>;

/** The content of an event. `name` determines `data`. */
const content = z.discriminatedUnion('name', [
  z.object({ topic: z.literal('titles'), name: z.literal('titleChanged'), data: z.object({ titleId: uuid }) }),
  z.object({ topic: z.literal('titles'), name: z.literal('personChanged'), data: z.object({ personId: uuid }) }),
  z.object({ topic: z.literal('titles'), name: z.literal('homeChanged'), data: z.object({}) }),
  z.object({
    topic: z.literal('uploads'),
    name: z.literal('uploadChanged'),
    data: z.object({
      uploadId: uuid,
      titleId: uuid,
      state: z.enum(['open', 'completed', 'aborted', 'expired', 'rejected']),
      assetId: uuid.optional(),
      rejectionCode: z.string().optional(),
    }),
  }),
  z.object({
    topic: z.literal('transcodes'),
    name: z.literal('assetChanged'),
    data: z.object({
      assetId: uuid,
      titleId: uuid,
      state: z.enum(['uploaded', 'processing', 'playable', 'ready', 'failed']),
      progress: z.number().min(0).max(1),
      failureCode: z.string().optional(),
    }),
  }),
  z.object({
    topic: z.literal('session'),
    name: z.literal('accountChanged'),
    data: z.object({ kind: z.string(), sessionId: uuid.optional(), profileId: uuid.optional() }),
  }),
]);

/** An entry of the log. Without `accountId`, it is for every account. */
export const loggedEvent = z.intersection(z.object({ time: z.iso.datetime(), accountId: uuid.optional() }), content);

export type LoggedEvent = z.infer<typeof loggedEvent>;

const subscribed = z.object({
  type: z.literal('subscribed'),
  id: messageId.optional(),
  topics: z.array(topic),
  lastEventId: position.describe('The events after this one follow'),
});

const gap = z
  .object({ type: z.literal('gap'), lastEventId: position })
  .describe('Events before this one were lost: read the resources again');

const event = z.intersection(z.object({ type: z.literal('event'), id: position, time: z.iso.datetime() }), content);

export const liveMessage = z.union([subscribed, gap, event]).meta({ id: 'LiveMessage' });
