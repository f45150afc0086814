import type { Operation } from '@viernes/gateway';
import { accountOperations } from '../account/account.operations.js';
import { assetOperations } from '../asset/asset.operations.js';
import { continueWatchingOperations } from '../continue-watching/continue-watching.operations.js';
import { deadLetterOperations } from '../dead-letter/dead-letter.operations.js';
import { homeOperations } from '../home/home.operations.js';
import { playbackOperations } from '../playback/playback.operations.js';
import { profileOperations } from '../profile/profile.operations.js';
import { sessionOperations } from '../session/session.operations.js';
import { titleOperations } from '../title/title.operations.js';
import { uploadOperations } from '../upload/upload.operations.js';
import { documentOperations } from './openapi.operations.js';

/** Everything the edge answers, in the order of its documentation. */
export const OPERATIONS: readonly Operation[] = [
  ...accountOperations,
  ...sessionOperations,
  ...profileOperations,
  ...continueWatchingOperations,
  ...titleOperations,
  ...homeOperations,
  ...uploadOperations,
  ...assetOperations,
  ...playbackOperations,
  ...deadLetterOperations,
  ...documentOperations,
];
