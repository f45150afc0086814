import { createParamDecorator, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { requireCaller, requireRole, type Caller } from '../context/request-context.js';
import { assertUnlimitedProfile } from './unlimited-profile.js';

/**
 * Callers that a gRPC method accepts:
 * - `public`: every caller.
 * - `account`: a signed-in account.
 * - `household`: an account whose session has selected a profile without a maximum age, because children do not manage
 *   the account or its profiles.
 * - `editor`, `admin`: an account with the rights of that role.
 * - `worker`: transcoding workers, which have no account. Such a method is served only on the worker port.
 */
export type AccessLevel = 'public' | 'account' | 'household' | 'editor' | 'admin' | 'worker';

const ACCESS = 'viernes:access';

/** Declares which callers can call a method, or all methods of a controller. The declaration of a method takes precedence. */
export function Access(level: AccessLevel): MethodDecorator & ClassDecorator {
  return SetMetadata(ACCESS, level);
}

/** Returns the declared level. Undefined means that the method rejects every call. */
export function findAccessLevel(method: object, controller: object): AccessLevel | undefined {
  return (Reflect.getMetadata(ACCESS, method) ?? Reflect.getMetadata(ACCESS, controller)) as AccessLevel | undefined;
}

/** Rejects calls to methods without a declaration, and callers below the declared level. */
export class AccessGuard implements CanActivate {
  /**
   * @throws CodedError UNAUTHENTICATED, PROFILE_NOT_SELECTED, PROFILE_LIMITED, FORBIDDEN; INTERNAL if the method
   *   declares no level
   */
  canActivate(context: ExecutionContext): true {
    const controller = context.getClass();
    const level = findAccessLevel(context.getHandler(), controller);
    if (!level) throw new CodedError('INTERNAL', { controller: controller.name, missing: 'access declaration' });
    if (level === 'account') requireCaller();
    if (level === 'household') assertUnlimitedProfile(requireCaller());
    if (level === 'editor' || level === 'admin') requireRole(level);
    return true;
  }
}

/** Injects the signed-in caller into a controller method. Fails with UNAUTHENTICATED if there is none. */
export const CurrentCaller: () => ParameterDecorator = createParamDecorator((): Caller => requireCaller());
