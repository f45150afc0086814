import { uuid } from '@viernes/platform';
import { z } from 'zod';

const positionMs = z.number().int().min(0);
const credentials = { playbackId: uuid, token: z.string().min(1).max(200) };

export const StartPlaybackRequest = z.object({
  titleId: uuid,
  profileId: uuid,
  minimumAge: z.number().int().min(0).optional(),
});
export type StartPlaybackRequest = z.infer<typeof StartPlaybackRequest>;

export const GetMasterPlaylistRequest = z.object(credentials);
export type GetMasterPlaylistRequest = z.infer<typeof GetMasterPlaylistRequest>;

/** The request of GetMediaPlaylist and GetMediaLocation. */
export const RenditionRequest = z.object({ ...credentials, renditionId: uuid });
export type RenditionRequest = z.infer<typeof RenditionRequest>;

export const HeartbeatPlaybackRequest = z.object({ playbackId: uuid, positionMs });
export type HeartbeatPlaybackRequest = z.infer<typeof HeartbeatPlaybackRequest>;

export const EndPlaybackRequest = z.object({ playbackId: uuid, positionMs: positionMs.optional() });
export type EndPlaybackRequest = z.infer<typeof EndPlaybackRequest>;
