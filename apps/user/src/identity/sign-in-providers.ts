import { CodedError } from '@viernes/contracts';
import type { ProviderSettings } from './identity.config.js';
import { SignInProvider } from './sign-in-provider.js';

/** The page of the web app to which providers redirect. */
const CALLBACK_PATH = '/sign-in/callback';

/** The providers that the settings list. */
export class SignInProviders {
  private readonly providers: readonly SignInProvider[];

  constructor(settings: readonly ProviderSettings[], webUrl: string) {
    const redirectUri = new URL(CALLBACK_PATH, webUrl).href;
    this.providers = settings.map((each) => new SignInProvider(each, redirectUri));
  }

  list(): readonly ProviderSettings[] {
    return this.providers.map(({ settings }) => settings);
  }

  /** @throws CodedError SIGN_IN_PROVIDER_NOT_FOUND */
  get(providerId: string): SignInProvider {
    const provider = this.providers.find(({ settings }) => settings.id === providerId);
    if (!provider) throw new CodedError('SIGN_IN_PROVIDER_NOT_FOUND', { providerId });
    return provider;
  }

  /** Returns the name of a provider for users, or its issuer if the settings no longer contain the provider. */
  nameOf(issuer: string): string {
    return this.providers.find(({ settings }) => settings.issuer === issuer)?.settings.name ?? issuer;
  }
}
