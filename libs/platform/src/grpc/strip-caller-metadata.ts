import { ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';
import { METADATA } from './metadata-keys.js';

const CALLER_KEYS = [METADATA.accountId, METADATA.sessionId, METADATA.role];

/** Takes away whom a call says that it acts for, before anything of ours sees it. Trace and deadline stay. */
export const stripCallerMetadata: ServerInterceptor = (_method, call) =>
  new ServerInterceptingCall(call, {
    start: (next) =>
      next({
        onReceiveMetadata: (metadata, pass) => {
          for (const key of CALLER_KEYS) metadata.remove(key);
          pass(metadata);
        },
      }),
  });
