import { textLine, uuid } from '@viernes/platform';
import { z } from 'zod';

const name = textLine(1, 100);
export const code = z.string().min(1).max(100);

export const CreatePartyRequest = z.object({
  titleId: uuid,
  videoId: uuid,
  profileId: uuid,
  name,
  minimumAge: z.number().int().min(0).optional(),
});
export type CreatePartyRequest = z.infer<typeof CreatePartyRequest>;

export const GetPartyRequest = z.object({ code });
export type GetPartyRequest = z.infer<typeof GetPartyRequest>;

export const PartyJoin = z.object({ code, name, lastTextNumber: z.number().int().min(0) });
export type PartyJoin = z.infer<typeof PartyJoin>;

export const PartyPing = z.object({ sentAtMs: z.number() });
export const PartyControl = z.object({ isPlaying: z.boolean(), positionMs: z.number().int().min(0) });
export const PartyText = z.object({ clientId: uuid, text: textLine(1, 500) });
export const PartyReaction = z.object({ kind: z.number().int().min(1).max(5) });
export const PartyHandOver = z.object({ participantId: uuid });
