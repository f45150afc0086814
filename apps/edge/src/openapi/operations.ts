import type { Operation } from '@viernes/gateway';
import { accountAdminOperations } from '../account-admin/account-admin.operations.js';
import { accountDeletionOperations } from '../account-deletion/account-deletion.operations.js';
import { accountExportOperations } from '../account-export/account-export.operations.js';
import { accountOperations } from '../account/account.operations.js';
import { apiKeyOperations } from '../api-key/api-key.operations.js';
import { assetOperations } from '../asset/asset.operations.js';
import { deadLetterOperations } from '../dead-letter/dead-letter.operations.js';
import { debugTraceOperations } from '../debug-trace/debug-trace.operations.js';
import { deletionOperations } from '../deletion/deletion.operations.js';
import { householdOperations } from '../household/household.operations.js';
import { episodeEditingOperations } from '../episode-editing/episode-editing.operations.js';
import { historyOperations } from '../history/history.operations.js';
import { homeOperations } from '../home/home.operations.js';
import { identityOperations } from '../identity/identity.operations.js';
import { myListOperations } from '../my-list/my-list.operations.js';
import { passkeyOperations } from '../passkey/passkey.operations.js';
import { passwordOperations } from '../password/password.operations.js';
import { personEditingOperations } from '../person-editing/person-editing.operations.js';
import { personOperations } from '../person/person.operations.js';
import { planOperations } from '../plan/plan.operations.js';
import { partyOperations } from '../party/party.operations.js';
import { playbackOperations } from '../playback/playback.operations.js';
import { profileOperations } from '../profile/profile.operations.js';
import { ratingOperations } from '../rating/rating.operations.js';
import { relatedOperations } from '../related/related.operations.js';
import { securityEventOperations } from '../security-event/security-event.operations.js';
import { sessionOperations } from '../session/session.operations.js';
import { seasonEditingOperations } from '../season-editing/season-editing.operations.js';
import { seasonOperations } from '../season/season.operations.js';
import { titleOperations } from '../title/title.operations.js';
import { titleEditingOperations } from '../title-editing/title-editing.operations.js';
import { titleFacetsOperations } from '../title-facets/title-facets.operations.js';
import { titleImportOperations } from '../title-import/title-import.operations.js';
import { titleExportOperations } from '../title-export/title-export.operations.js';
import { titleSocketOperations } from '../title-socket/title-socket.operations.js';
import { titleListOperations } from '../title-list/title-list.operations.js';
import { titleSuggestionOperations } from '../title-suggestion/title-suggestion.operations.js';
import { uploadOperations } from '../upload/upload.operations.js';
import { usageOperations } from '../usage/usage.operations.js';
import { webhookOperations } from '../webhook/webhook.operations.js';
import { liveEventOperations } from '../live-event/live-event.operations.js';
import { documentOperations } from './openapi.operations.js';

/** Descriptions of the operations' tags, in the order of the document. */
export const TAGS: Readonly<Record<string, string>> = {
  accounts:
    'Sign up, verify and change the email, reset and change the password, manage passkeys, identities and API keys, list security events, change roles and plans, export and delete the account',
  sessions: 'Sign in, renew access tokens, list devices, sign out',
  profiles: 'Profiles of an account and the titles that they watch',
  watching: 'The list, the ratings, and the history of the selected profile',
  titles: 'The catalog',
  home: 'The home page',
  uploads: 'Multipart uploads of video files',
  assets: 'Processing state of uploaded files',
  events: 'Changes as they happen, over WebSocket',
  playback: 'Playback sessions, HLS playlists and media',
  parties: 'Watching together: playback that follows a host, participants, chat and reactions',
  webhooks: 'Signed messages about events, sent to an HTTP endpoint of an editor',
  'dead letters': 'Events that a service stopped retrying',
  debugging: 'Traces of requests through the services',
  usage: 'API calls by account, API key, operation and status',
  about: 'This document and the problem types',
};

/** All operations of the edge, in the order of the document. */
export const OPERATIONS: readonly Operation[] = [
  ...accountOperations,
  ...passwordOperations,
  ...passkeyOperations,
  ...identityOperations,
  ...apiKeyOperations,
  ...securityEventOperations,
  ...accountAdminOperations,
  ...accountDeletionOperations,
  ...accountExportOperations,
  ...planOperations,
  ...sessionOperations,
  ...profileOperations,
  ...householdOperations,
  ...myListOperations,
  ...ratingOperations,
  ...historyOperations,
  ...titleListOperations,
  ...titleFacetsOperations,
  ...titleSuggestionOperations,
  ...titleOperations,
  ...titleSocketOperations,
  ...relatedOperations,
  ...titleEditingOperations,
  ...seasonOperations,
  ...seasonEditingOperations,
  ...episodeEditingOperations,
  ...titleImportOperations,
  ...titleExportOperations,
  ...personOperations,
  ...personEditingOperations,
  ...deletionOperations,
  ...homeOperations,
  ...uploadOperations,
  ...assetOperations,
  ...liveEventOperations,
  ...playbackOperations,
  ...partyOperations,
  ...webhookOperations,
  ...deadLetterOperations,
  ...debugTraceOperations,
  ...usageOperations,
  ...documentOperations,
];
