import { uuid } from '@viernes/platform';
import { z } from 'zod';

export const REACTIONS = ['laugh', 'love', 'wow', 'sad', 'applause'] as const;
const reaction = z.enum(REACTIONS).meta({ id: 'PartyReactionKind' });

export const partyParams = z.strictObject({
  code: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,100}$/)
    .describe('From the link of the party'),
});

export const party = z
  .object({
    code: z.string().describe('Secret. Signed-in users with the code can join'),
    titleId: uuid.describe('The film or the series'),
    videoId: uuid.describe('What is played: the film or the episode'),
    durationMs: z.int(),
    participantCount: z.int().describe('Participants with a connection'),
  })
  .meta({
    id: 'Party',
    examples: [
      {
        code: 'hRk3nV0vT4mJ1w9oYc2QzA',
        titleId: '3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f',
        videoId: '3c6e0b8a-9c15-4a2d-8f0e-5a7b1c2d3e4f',
        durationMs: 9_180_000,
        participantCount: 2,
      },
    ],
  });

export type PartyResponse = z.infer<typeof party>;

/** From a browser. */
export const partyClientMessage = z
  .discriminatedUnion('type', [
    z
      .strictObject({ type: z.literal('ping'), sentAtMs: z.number() })
      .describe('Requests the time of the party, to estimate the difference between the clocks'),
    z
      .strictObject({
        type: z.literal('control'),
        isPlaying: z.boolean(),
        positionMs: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
      })
      .describe('Only from the host'),
    z
      .strictObject({
        type: z.literal('text'),
        id: uuid.describe('Chosen by the client. A message that is sent again with the same ID is stored once'),
        text: z.string().min(1).max(500),
      })
      .describe('A message to all participants: one line'),
    z.strictObject({ type: z.literal('reaction'), reaction }),
    z.strictObject({ type: z.literal('handOver'), participantId: uuid }).describe('Only from the host'),
    z
      .strictObject({ type: z.literal('leave') })
      .describe('Leaves without the delay after which an interrupted connection counts as absent'),
  ])
  .meta({ id: 'PartyClientMessage' });

export type PartyClientMessage = z.infer<typeof partyClientMessage>;

const participant = z.object({ id: uuid, name: z.string() }).meta({ id: 'PartyParticipant' });

const text = z
  .object({
    number: z.int().describe('1, 2, 3 in each party'),
    id: uuid.describe('Chosen by the client that sent the message'),
    participantId: uuid,
    name: z.string(),
    text: z.string(),
    sentAt: z.iso.datetime(),
  })
  .meta({ id: 'PartyText' });

const state = z
  .object({
    type: z.literal('state'),
    revision: z.int().describe('Increases with each change of the playback or the host'),
    playback: z.object({
      isPlaying: z.boolean(),
      positionMs: z.int(),
      atMs: z.number().describe('Time of the party at which the position was valid, in epoch milliseconds'),
    }),
    hostId: uuid,
    selfId: uuid.describe('The participant that receives the message'),
    participants: z.array(participant).describe('Longest-present first'),
  })
  .meta({ id: 'PartyState' });

/** To a browser. */
export const partyServerMessage = z
  .discriminatedUnion('type', [
    z
      .object({ type: z.literal('joined') })
      .describe('Also after an interruption behind the edge: send unconfirmed messages again'),
    state,
    z.object({ type: z.literal('texts'), texts: z.array(text) }),
    z.object({ type: z.literal('pong'), sentAtMs: z.number(), serverTimeMs: z.number() }),
    z.object({ type: z.literal('reacted'), participantId: uuid, reaction }),
    z
      .object({ type: z.literal('rejected'), code: z.string().describe('An error code'), id: uuid.optional() })
      .describe('A message had no effect. `id` is that of a text'),
  ])
  .meta({ id: 'PartyServerMessage' });

export type PartyServerMessage = z.infer<typeof partyServerMessage>;
